"""Colleagues as somebody types them, one to a line. Pure."""

import re
from dataclasses import dataclass

MOST = 50  # lines that are read at a time
_LINE = re.compile(
    r"^(?P<name>[^<>@,;]*?)[\s,;]*<?(?P<email>[^\s<>@,;]+@[^\s<>@,;]+\.[^\s<>@,;]+)>?$"
)
_NAME = 100
_EMAIL = 254


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody to invite."""

    name: str
    email: str


def read(typed: str) -> tuple[list[Named], list[str]]:
    """Those who are named, each address once, and the lines that name nobody.

    A line is `Alice Kay <alice@example.com>`, `Alice Kay, alice@example.com` or the address alone.
    """
    found: dict[str, Named] = {}
    wrong = []
    for line in filter(None, (each.strip() for each in typed.splitlines())):
        match = _LINE.match(line)
        if match is None or len(match["email"]) > _EMAIL or len(found) >= MOST:
            wrong.append(line)
            continue
        email = match["email"].lower()
        name = " ".join(match["name"].split()).strip('"')[:_NAME] or _from(email)
        found.setdefault(email, Named(name, email))
    return list(found.values()), wrong


def _from(email: str) -> str:
    """A name to begin with, from the address."""
    words = re.split(r"[._+-]+", email.partition("@")[0])
    return " ".join(word.capitalize() for word in words if word)[:_NAME] or email[:_NAME]
