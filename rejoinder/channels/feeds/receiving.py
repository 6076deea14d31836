"""Webmention and pingback: somebody says that a page links to ours, and we look before we believe.

https://www.w3.org/TR/webmention/ and https://www.hixie.ch/specs/pingback/pingback. The page is
fetched at once, so the fetches are few: so many a minute, fewer for one host.
"""

import logging
import threading
import xmlrpc.client
from collections import deque
from collections.abc import Mapping
from urllib.parse import parse_qs, urlsplit
from xml.parsers.expat import ExpatError

from rejoinder.channels.contract import Http, Post, Received, TroubleError
from rejoinder.channels.feeds import fetching, linking, noticing
from rejoinder.plumbing import clock
from rejoinder.plumbing.answer import Answer

MINUTE = 60.0
FETCHES = 30  # in a minute, in this process
OF_ONE_HOST = 6
WAIT = 8.0  # seconds for a page
LONGEST_ADDRESS = 2000
LONGEST_CALL = 20_000  # bytes of a pingback
GREETING = b"This address takes Webmention and pingback.\n"
# Fault codes of the pingback specification.
NO_SOURCE, NO_LINK, NOT_OURS, REFUSED, UPSTREAM = 16, 17, 33, 49, 50

_log = logging.getLogger(__name__)


class RefusedError(Exception):
    """A mention that is not believed: the pingback fault, the HTTP status, the words."""

    def __init__(self, fault: int, words: str, status: int = 400) -> None:
        super().__init__(words)
        self.fault, self.words, self.status = fault, words, status


class Gate:
    """Lets so many fetches through in a minute, fewer to one host."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._passed: deque[tuple[float, str]] = deque()

    def passes(self, host: str) -> bool:
        """Whether one more may go there now; counted when it may."""
        now = clock.running()
        with self._lock:
            while self._passed and self._passed[0][0] < now - MINUTE:
                self._passed.popleft()
            there = sum(each == host for _, each in self._passed)
            if len(self._passed) >= FETCHES or there >= OF_ONE_HOST:
                return False
            self._passed.append((now, host))
            return True


GATE = Gate()


def received(
    http: Http,
    sites: tuple[str, ...],
    *,
    method: str,
    headers: Mapping[str, str],
    body: bytes,
    gate: Gate = GATE,
) -> Received:
    """What was said of a page, once the page itself says so."""
    if not sites:
        return _plain(404, b"Nothing is taken here: no site of ours is filled in.\n")
    if method != "POST":
        return _plain(200, GREETING)
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/x-www-form-urlencoded":
        return _webmention(http, sites, body, gate)
    if kind in {"text/xml", "application/xml"}:
        return _pingback(http, sites, body, gate)
    return _plain(415, b"A Webmention is a form, a pingback is XML-RPC.\n")


def _webmention(http: Http, sites: tuple[str, ...], body: bytes, gate: Gate) -> Received:
    given = parse_qs(body.decode("utf-8", "replace"), max_num_fields=20)
    source, target = given.get("source", [""])[0], given.get("target", [""])[0]
    try:
        post = looked_at(http, sites, source, target, gate)
    except RefusedError as error:
        header = {"retry-after": "60"} if error.status == 429 else {}
        return Received(response=Answer(error.status, header, f"{error.words}\n".encode()))
    if post.kind == "delete":
        said = Answer(400, {}, b"That page does not link to ours.\n")
        return Received(response=said, posts=[post])
    return Received(response=Answer(200, {}, b"Thank you. It was read.\n"), posts=[post])


def _pingback(http: Http, sites: tuple[str, ...], body: bytes, gate: Gate) -> Received:
    try:
        source, target = _call(body)
        post = looked_at(http, sites, source, target, gate)
        if post.kind == "delete":
            return Received(response=_fault(NO_LINK, "That page does not link to ours."))
    except RefusedError as error:
        return Received(response=_fault(error.fault, error.words))
    said = xmlrpc.client.dumps(("Thank you. It was read.",), methodresponse=True)
    return Received(response=Answer(200, {"content-type": "text/xml"}, said.encode()), posts=[post])


def _call(body: bytes) -> tuple[str, str]:
    # XML-RPC has no document type; one is there to attack the parser.
    if len(body) > LONGEST_CALL or b"<!" in body.replace(b"\0", b""):
        raise RefusedError(REFUSED, "This is no pingback.")
    try:
        given, name = xmlrpc.client.loads(body)
    except (ExpatError, xmlrpc.client.Error, ValueError, TypeError, LookupError, AttributeError):
        raise RefusedError(REFUSED, "This cannot be read.") from None
    if name != "pingback.ping" or len(given) != 2 or not all(isinstance(x, str) for x in given):
        raise RefusedError(REFUSED, "This is no pingback.")
    return str(given[0]), str(given[1])


def looked_at(http: Http, sites: tuple[str, ...], source: str, target: str, gate: Gate) -> Post:
    """The page that links to ours, or the news that it does no more. Raises RefusedError."""
    host = _host(source)
    if not is_ours(target, sites):
        raise RefusedError(NOT_OURS, "The target is no page of ours.")
    if not host or source == target or is_ours(source, sites):
        raise RefusedError(NO_SOURCE, "The source is no page of somebody else's.")
    if not gate.passes(host):
        raise RefusedError(UPSTREAM, "Too many at once. Say it again in a minute.", 429)
    named = noticing.name(source, target)
    try:
        fetched = fetching.fetch(http, source, {"Accept": "text/html, */*;q=0.5"}, WAIT)
    except TroubleError as trouble:
        # The words would tell a stranger what our own network is like.
        _log.warning("A page that was said to link to ours was not read: %s", trouble.words)
        raise RefusedError(NO_SOURCE, "The source cannot be read.") from None
    answer = fetched.answer
    if answer.status == 410:
        return Post(external_id=named, kind="delete")
    if answer.status != 200:
        raise RefusedError(NO_SOURCE, f"The source answered {answer.status}.")
    kind = answer.header.get("content-type", "").lower()
    body = answer.body[: linking.MOST].decode("utf-8", "replace")
    if not linking.links(body, kind, target):
        return Post(external_id=named, kind="delete")
    title, excerpt = linking.title(body, kind), linking.excerpt(body, kind, target)
    text = f"{title}\n\n{excerpt}" if title and not excerpt.startswith(title) else excerpt
    return _post(named, source, title, text)


def is_ours(url: str, sites: tuple[str, ...]) -> bool:
    """Whether an address is on one of our sites, given as host or host and path."""
    host = _host(url)
    path = f"{host}{urlsplit(url).path or '/'}" if host else ""
    return any(f"{path}/".startswith(f"{site}/") for site in sites)


def _host(url: str) -> str:
    """The host of a web address; nothing for what is none."""
    try:
        parts = urlsplit(url)
        if len(url) > LONGEST_ADDRESS or parts.scheme not in {"http", "https"}:
            return ""
        host = (parts.hostname or "").lower()
        return f"{host}:{parts.port}" if parts.port else host
    except ValueError:
        return ""


def _post(named: str, source: str, title: str, text: str) -> Post:
    host = _host(source)
    # An edit is taken for new where the page was not known: senders tell of changes the same way.
    return Post(
        external_id=named,
        kind="edit",
        author_id=host,
        handle=host,
        name=title[:200] or host,
        text=text or source,
        created_at=clock.now(),
        root=named,
        url=source,
        ref={"url": source},
    )


def _plain(status: int, words: bytes) -> Received:
    return Received(response=Answer(status, {}, words))


def _fault(code: int, words: str) -> Answer:
    said = xmlrpc.client.dumps(xmlrpc.client.Fault(code, words))
    return Answer(200, {"content-type": "text/xml"}, said.encode())
