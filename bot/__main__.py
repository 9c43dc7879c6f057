"""``python -m bot`` is ``tomoshibi``."""

from bot.command_line import main

main()
