"""The one way in which the name of a class is kept."""

from __future__ import annotations

import re


def kept_name(cls: type) -> str:
    """Give a class's name in small letters, its words joined: ``StepShown`` is ``step_shown``."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()
