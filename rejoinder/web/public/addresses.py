"""The addresses of the public pages, each in one place. Pure."""

ROOT = "/a/"
FEED = "/a/feed.atom"
LOG = "/a/log"
WHO = "/a/who"
ICON = "/a/mark.svg"
ECHO = "/echo"
ECHO_DATA = "/echo.json"
ECHO_STYLE = "/echo.css"


def is_public(path: str) -> bool:
    """Whether the door answers this path itself."""
    return path.startswith(("/a/", "/s/")) or path in {"/a", "/s"}


def is_echo(path: str) -> bool:
    """Whether the path is the echo page, or belongs to it."""
    return path in {ECHO, ECHO_DATA, ECHO_STYLE}


def answer(slug: str, language: str = "", number: int | None = None) -> str:
    """An answer; in another language than its own; one revision of it."""
    parts = [slug, language, "" if number is None else str(number)]
    return ROOT + "/".join(part for part in parts if part)


def short(code: str) -> str:
    """The short link."""
    return f"/s/{code}"


def head(size: int) -> str:
    """The log as it was with so many entries."""
    return f"{LOG}/{size}"


def leaf(place: int) -> str:
    """The proof of one entry of the log."""
    return f"{LOG}/entry/{place}"
