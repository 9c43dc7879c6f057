"""What texts mean, as far as it is learnt from sentences of many people: no list of words."""
