"""A strict double of Telegram's Bot API: real HTTP on loopback, and phones in people's hands."""

from tests.telegram_double.double import TelegramDouble
from tests.telegram_double.people import Group, OnScreen, Phone
from tests.telegram_double.refusal import Refusal

__all__ = ["Group", "OnScreen", "Phone", "Refusal", "TelegramDouble"]
