"""Fetching somebody's page: redirects followed one by one, each as guarded as the first."""

from urllib.parse import urljoin, urlsplit

from msgspec import Struct

from rejoinder.channels.contract import Http, TroubleError
from rejoinder.plumbing.answer import Answer, NoAnswerError

HOPS = 5
WAIT = 20.0  # seconds for each of them
_MOVED = {301, 308}
_ELSEWHERE = {302, 303, 307}


class Fetched(Struct):
    """What came, from where, and whether that is its address from now on."""

    answer: Answer
    url: str
    moved: bool = False


def fetch(http: Http, url: str, header: dict[str, str], wait: float = WAIT) -> Fetched:
    """The page. Raises TroubleError where there is no way to it."""
    found = Fetched(Answer(0, {}, b""), url, moved=True)
    for _ in range(HOPS):
        found.answer = _asked(http, found.url, header, wait)
        if found.answer.status not in _MOVED | _ELSEWHERE:
            found.moved = found.moved and found.url != url
            return found
        found.moved = found.moved and found.answer.status in _MOVED
        found.url = _next(found)
    raise TroubleError(f"{_host(url)} leads us on again and again.", after=3600)


def _asked(http: Http, url: str, header: dict[str, str], wait: float) -> Answer:
    try:
        return http.call("GET", url, header=header, timeout=wait)
    except NoAnswerError as error:
        raise TroubleError(error.words, after=300) from None


def _next(found: Fetched) -> str:
    try:
        url = urljoin(found.url, found.answer.header.get("location", ""))
        if urlsplit(url).scheme in {"http", "https"} and urlsplit(url).hostname:
            return url
    except ValueError:
        pass
    raise TroubleError(f"{_host(found.url)} leads us to what is no page.", after=3600)


def _host(url: str) -> str:
    return urlsplit(url).hostname or url[:100]
