"""What a process says of itself: one line each, to standard error, with the time and the part.

As text for people, or as JSON for machines that collect. A JSON line leaves the words of an error
out, because a database and a platform put into them what somebody wrote: it names the error, and
where it was raised.
"""

import json
import logging.config
import re
import traceback
from datetime import UTC, datetime

from rejoinder.plumbing.config import config

# What opens a page without an account: a number or secret of ours and its signature, or part of it.
_SIGNED = re.compile(r"[A-Za-z0-9_-]{32}\.[A-Za-z0-9_-]+")


class WithoutKeys(logging.Filter):
    """Takes the signed part out of addresses that a line names: it is as good as a password."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = _SIGNED.sub("…", record.getMessage()), None
        return True


class JsonLines(logging.Formatter):
    """`{"at","part","level","from","message"}`, and `"error","where"` when one was raised."""

    def __init__(self, part: str) -> None:
        super().__init__()
        self.part = part

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "part": self.part,
            "level": record.levelname.lower(),
            "from": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__qualname__
            line["where"] = " < ".join(
                f"{frame.name}:{frame.lineno}"
                for frame in reversed(traceback.extract_tb(record.exc_info[2]))
            )
        return json.dumps(line, ensure_ascii=False)


def start(part: str) -> None:
    """Set up the log of this process; `part` names it (web, listen, triage, send, work)."""
    level = config().log_level.upper()
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "text": {
                    "format": f"%(asctime)s {part:<7} %(levelname)-7s %(message)s",
                    "datefmt": "%Y-%m-%dT%H:%M:%S%z",
                },
                "json": {"()": JsonLines, "part": part},
            },
            "handlers": {
                "stderr": {"class": "logging.StreamHandler", "formatter": config().log_format}
            },
            "root": {"level": level, "handlers": ["stderr"]},
            "filters": {"without keys": {"()": WithoutKeys}},
            # Libraries that speak of every call at "info" would drown ours.
            "loggers": {
                name: {
                    "level": max(level, "WARNING", key=logging.getLevelName),
                    "filters": ["without keys"],
                }
                for name in ("httpx", "httpcore", "asyncio", "django.request")
            },
        }
    )
