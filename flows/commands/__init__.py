"""What people, the clock and the command line ask for.

A command says what is wanted, never who wants it or when: the engine is given actor, time and cause beside it. The
short ones fit into a button (see ``bot/screens/buttons.py``), so their fields are only strings and numbers.
"""
