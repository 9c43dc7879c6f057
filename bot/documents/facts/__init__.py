"""What documents know, with the entries it rests on."""
