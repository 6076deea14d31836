"""What a process says of itself: one line each, to standard error, with the time and the part.

As text for people, or as JSON for machines that collect. A JSON line leaves the words of an error
out, because a database and a platform put into them what somebody wrote: it names the error, and
where it was raised. As text the words stay, for whoever repairs, with what a person might have
written in them hidden (`hide`).
"""

import json
import logging.config
import re
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from types import TracebackType

from rejoinder.plumbing.config import config

_Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
# Libraries that speak of every call at "info" would drown ours. Templates show at "debug" all that
# a page was given; a path that does not exist is whatever somebody typed.
_LEAST = {
    "httpx": "WARNING",
    "httpcore": "WARNING",
    "asyncio": "WARNING",
    "django.template": "WARNING",
    "django.request": "ERROR",
}
# What opens a page without an account: a number or secret of ours and its signature, or part of it.
# It is as good as a password.
_SIGNED = re.compile(r"[A-Za-z0-9_-]{32}\.[A-Za-z0-9_-]+")
_hiding: list[Callable[[str], str]] = []


def hide(by: Callable[[str], str]) -> None:
    """Hide in every line what this hides: paths and errors cite what people typed."""
    _hiding.append(by)


def _hidden(text: str) -> str:
    text = _SIGNED.sub("…", text)
    for by in _hiding:
        text = by(text)
    return text


class TextLines(logging.Formatter):
    """The time, the part, the level and the message; below them what was raised, and where."""

    def __init__(self, part: str) -> None:
        form = f"%(asctime)s {part:<7} %(levelname)-7s %(message)s"
        super().__init__(form, "%Y-%m-%dT%H:%M:%S%z")

    def format(self, record: logging.LogRecord) -> str:
        said = {"msg": _hidden(record.getMessage()), "args": (), "exc_text": None}
        return super().format(logging.makeLogRecord(record.__dict__ | said))

    def formatException(self, ei: _Raised) -> str:  # noqa: N802  # the name of the library
        return _hidden(super().formatException(ei))


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
            "message": _hidden(record.getMessage()),
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
                "text": {"()": TextLines, "part": part},
                "json": {"()": JsonLines, "part": part},
            },
            "handlers": {
                "stderr": {"class": "logging.StreamHandler", "formatter": config().log_format}
            },
            "root": {"level": level, "handlers": ["stderr"]},
            "loggers": {
                name: {"level": max(level, least, key=logging.getLevelName)}
                for name, least in _LEAST.items()
            },
        }
    )
