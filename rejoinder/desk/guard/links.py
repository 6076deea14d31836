"""Links where an account is the matter: a stranger's page there is how fraud works. Pure."""

from collections.abc import Iterable, Iterator, Sequence

import re2

from rejoinder.desk.cues import CAP, Folded, cues
from rejoinder.desk.guard.kinds import Finding, Kind, Written
from rejoinder.privacy.find.listed import listed

_LINK = re2.compile(
    r"(?i)\b(?:https?://|www\.)[^\s<>\"]+|\b(?:[a-z0-9-]+\.)+(?:com|org|net|uk|eu|de|io|ly|gl|co|me|"
    r"link|app|info|shop|example)\b(?:/[^\s<>\"]*)?"
)
# These hide where they lead to.
_SHORTENERS = listed(
    "bit.ly t.co tinyurl.com goo.gl ow.ly is.gd buff.ly rb.gy cutt.ly rebrand.ly t.ly"
)


def found(one: Written, folded: Folded, domains: Sequence[str]) -> Iterator[Finding]:
    """Links off our own domains, in account matters.

    Before anybody said which domains are ours only links that hide where they lead are found.
    """
    known = cues(__package__, "asking")
    if not one.account_matter and not known.has("account_matter", folded):
        return
    own = {domain.casefold().removeprefix("www.") for domain in domains}
    for link in _links(one.text):
        host = _host(one.text[link[0] : link[1]])
        if host in _SHORTENERS or (own and not is_ours(host, own)):
            yield Finding(Kind.LINK, *link, host)


def hosts(text: str) -> frozenset[str]:
    """The hosts that a text links to, in small letters and without www."""
    return frozenset(_host(text[start:end]) for start, end in _links(text))


def is_ours(host: str, own: Iterable[str]) -> bool:
    """Whether a host is one of our domains, or lies under one."""
    return any(host == domain or host.endswith(f".{domain}") for domain in own)


def _links(text: str) -> Iterator[tuple[int, int]]:
    clean = text[:CAP].encode("utf-8", "replace").decode()
    for link in _LINK.finditer(clean):
        start, end = link.span()
        if not clean[:start].endswith("@"):
            yield start, end - (len(link[0]) - len(link[0].rstrip(".,;:!?)")))


def _host(link: str) -> str:
    bare = link.casefold().removeprefix("https://").removeprefix("http://")
    return bare.split("/")[0].split("?")[0].rpartition("@")[2].split(":")[0].removeprefix("www.")
