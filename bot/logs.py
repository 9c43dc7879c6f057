"""Logs: one line an event, on stderr, the token never in it."""

from __future__ import annotations

import logging
import sys

import structlog


def log_to_stderr(*, quiet: bool = False) -> None:
    """Write events as lines for whoever watches the process; ``quiet`` leaves only errors, for a terminal in use."""
    level = logging.ERROR if quiet else logging.INFO
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
    )
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
