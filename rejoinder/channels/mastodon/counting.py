"""How long a post is on a server of the fediverse. Pure.

Graphemes with the content warning; a link counts what the server reserves for one, and somebody
named counts without their host (Mastodon, StatusLengthValidator).
"""

import regex

from rejoinder.channels.contract import Count

MOST, LINK = 500, 23  # where a server does not say otherwise
LONGEST_URL, LONGEST_HOST = 4096, 253  # letters; a longer one counts as it stands

_MENTION = regex.compile(
    r"(?<![=/\w])@(?P<user>[a-z0-9_]+(?:[.-]+[a-z0-9_]+)*)@(?P<host>[\w.-]+\w(?::[0-9]+)?)",
    regex.IGNORECASE,
)
# A start that is not part of a word, a host with a dot, and whatever is no space; the letters that
# end a sentence are no part of it.
_URL = regex.compile(
    r"(?<![\w@#＠＃$/.-])https?://[^\s/?#<>\"']+\.[^\s/?#<>\"']*[^\s<>\"']*", regex.IGNORECASE
)
_ENDS = ".,;:!?'\"’”)]}>…"
_GRAPHEME = regex.compile(r"\X")


def count(text: str, warning: str = "", *, most: int = MOST, link: int = LINK) -> Count:
    """What the server counts, of what it allows."""
    used = _length(warning) + _length(_shortened(text, link))
    return Count(used, most, used <= most)


def mention(handle: str) -> str:
    """Somebody named at the start of a reply, without which they are not told of it."""
    return f"@{handle} "


def addressed(text: str, handle: str) -> str:
    """The text with its reader named, unless it names them already."""
    if not handle or regex.search(
        rf"(?<!\w)@{regex.escape(handle)}(?![\w.-]*\w)", text, regex.IGNORECASE
    ):
        return text
    return mention(handle) + text


def unhosted(text: str) -> str:
    """The text with those it names as readers see them, and as they count."""
    return _MENTION.sub(_front, text)


def _shortened(text: str, link: int) -> str:
    return unhosted(_URL.sub(lambda found: _flat(found[0], link), text))


def _front(found: regex.Match[str]) -> str:
    return "@" + found["user"] if len(found["host"]) <= LONGEST_HOST else found[0]


def _flat(url: str, link: int) -> str:
    after = _after(url)
    return "x" * link + after if len(url) - len(after) <= LONGEST_URL else url


def _after(link: str) -> str:
    """The punctuation behind a link; a bracket that it opened itself is part of it."""
    kept = link.rstrip(_ENDS)
    if link[len(kept) :].startswith(")") and kept.count("(") > kept.count(")"):
        kept += ")"
    return link[len(kept) :]


def _length(text: str) -> int:
    return sum(1 for _ in _GRAPHEME.finditer(text))
