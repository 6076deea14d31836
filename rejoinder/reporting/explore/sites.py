"""Whose pages may frame a chart: origins as a content policy takes them. Pure."""

import re

MOST = 10
# Only these letters reach a header. A name in other letters is written in its form that begins
# with xn-- (RFC 5891).
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_SITE = re.compile(rf"(?:https://)?({_LABEL}(?:\.{_LABEL})*)(?::([0-9]{{1,5}}))?/?")
_LONGEST = 253  # characters of a name in the DNS (RFC 1035)


class NoSiteError(ValueError):
    """The message is what was typed and is no address of a site."""


def sites(typed: str) -> list[str]:
    """Each once, as "https://host" or "https://host:port", from words apart by spaces, lines or
    commas. Raises NoSiteError for one that is none, or is one too many.
    """
    found: dict[str, None] = {}
    for word in re.split(r"[\s,]+", typed.strip()):
        if word:
            found[_site(word)] = None
            if len(found) > MOST:
                raise NoSiteError(word[:80])
    return list(found)


def frame_ancestors(known: list[str]) -> str:
    """The directive of the Content-Security-Policy; without a site nobody's page may."""
    return " ".join(["frame-ancestors", *(known or ["'none'"])])


def _site(word: str) -> str:
    got = _SITE.fullmatch(word.lower())
    if got is None or len(got[1]) > _LONGEST or (got[2] and not 0 < int(got[2]) < 65536):
        raise NoSiteError(word[:80])
    return f"https://{got[1]}" + (f":{int(got[2])}" if got[2] else "")
