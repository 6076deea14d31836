"""What a process says of itself: one line each, to standard error, with the time and the part."""

import logging.config

from rejoinder.plumbing.config import config


def start(part: str) -> None:
    """Set up the log of this process; `part` names it (web, listen, triage, send, work)."""
    level = config().log_level.upper()
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "line": {
                    "format": f"%(asctime)s {part:<7} %(levelname)-7s %(message)s",
                    "datefmt": "%Y-%m-%dT%H:%M:%S%z",
                }
            },
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
            "root": {"level": level, "handlers": ["stderr"]},
            # Libraries that speak of every call at "info" would drown ours.
            "loggers": {
                name: {"level": max(level, "WARNING", key=logging.getLevelName)}
                for name in ("httpx", "httpcore", "asyncio", "django.request")
            },
        }
    )
