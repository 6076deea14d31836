"""Webmention and pingback: believed when the page itself links to ours, and only then."""

import threading
import xmlrpc.client
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlencode

import pytest

from rejoinder.channels.contract import Http, Post, Received
from rejoinder.channels.feeds import receiving
from rejoinder.channels.feeds.receiving import Gate, is_ours, received
from rejoinder.plumbing.answer import Answer
from rejoinder.plumbing.http import Network

OURS = ("www.brand.example",)
TARGET = "https://www.brand.example/answers/outage"
SOURCE = "https://blog.example.com/42"
FORM = {"content-type": "application/x-www-form-urlencoded; charset=utf-8"}
XML = {"content-type": "text/xml"}
PAGE = (
    "<html><head><title>What a day</title><script>var x = 'href=\"{}\"';</script></head><body>"
    "<p>They say it is <a href='{}'>back</a>, and it is not.</p></body></html>"
)


class Web:
    """One page of somebody's."""

    def __init__(self, body: str = "", status: int = 200, kind: str = "text/html") -> None:
        self.answer = Answer(status, {"content-type": kind}, body.encode())
        self.asked: list[str] = []

    def call(self, method: str, url: str, **more: Any) -> Answer:
        self.asked.append(url)
        return self.answer


def mention(
    http: Http, source: str = SOURCE, target: str = TARGET, gate: Gate | None = None
) -> Received:
    body = urlencode({"source": source, "target": target}).encode()
    return received(http, OURS, method="POST", headers=FORM, body=body, gate=gate or Gate())


def ping(http: Http, *given: object) -> tuple[Received, object]:
    body = xmlrpc.client.dumps(tuple(given), "pingback.ping").encode()  # type: ignore[arg-type]  # what is sent is anybody's
    found = received(http, OURS, method="POST", headers=XML, body=body, gate=Gate())
    try:
        return found, xmlrpc.client.loads(found.response.body)[0][0]
    except xmlrpc.client.Fault as fault:
        return found, fault.faultCode


def test_a_page_that_links_to_ours_becomes_a_mention() -> None:
    found = mention(Web(PAGE.format("x", TARGET)))
    [post] = found.posts
    assert found.response.status == 200
    assert post.text == f"What a day\n\nThey say it is back ({TARGET}), and it is not."
    assert (post.handle, post.url, post.tagged) == ("blog.example.com", SOURCE, True)
    assert post.ref == {"url": SOURCE}


def test_told_again_it_is_the_same_one_changed() -> None:
    [first] = mention(Web(PAGE.format("x", TARGET))).posts
    [later] = mention(Web(PAGE.format("x", TARGET).replace("not", "so"))).posts
    assert first.external_id == later.external_id
    assert later.text.endswith("and it is so.")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (PAGE.format(TARGET, "https://elsewhere.example.com"), "text/html"),
        (f"<!-- <a href='{TARGET}'> --><p>none</p>", "text/html"),
        (f"<a href='{TARGET}/more'>another page</a>", "text/html"),
        (f"see {TARGET}2", "text/plain"),
        (f'{{"x": ["{TARGET}s"]}}', "application/json"),
    ],
)
def test_one_that_does_not_is_not_believed_and_one_that_did_is_gone(body: str, kind: str) -> None:
    found = mention(Web(body, kind=kind))
    assert found.response.status == 400
    assert [post.kind for post in found.posts] == ["delete"]


@pytest.mark.parametrize(
    ("body", "kind"),
    [(f"see {TARGET}, they say", "text/plain"), (f'{{"x": ["{TARGET}"]}}', "application/json")],
)
def test_other_kinds_of_pages_count(body: str, kind: str) -> None:
    [post] = mention(Web(body, kind=kind)).posts
    assert TARGET in post.text


def test_a_page_that_was_taken_down_is_gone() -> None:
    assert [post.kind for post in mention(Web(status=410)).posts] == ["delete"]
    assert mention(Web(status=500)).posts == ()


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("", TARGET),
        (SOURCE, ""),
        (TARGET, TARGET),
        ("https://www.brand.example/other", TARGET),
        (SOURCE, "https://evil.example/?https://www.brand.example/"),
        (SOURCE, "https://www.brand.example.evil.example/"),
        ("file:///etc/passwd", TARGET),
        ("gopher://blog.example.com/", TARGET),
        ("https://[::1/", TARGET),
        ("https://blog.example.com/" + "x" * 3000, TARGET),
    ],
)
def test_addresses_that_are_none_are_refused_without_a_look(source: str, target: str) -> None:
    web = Web()
    found = mention(web, source, target)
    assert (found.response.status, found.posts, web.asked) == (400, (), [])


def test_a_site_may_be_a_part_of_a_host() -> None:
    assert is_ours("https://a.example/blog/1", ("a.example/blog",))
    assert is_ours("https://A.example/blog", ("a.example/blog",))
    assert not is_ours("https://a.example/blogger", ("a.example/blog",))


def test_many_at_once_wait() -> None:
    gate, web = Gate(), Web(PAGE.format("x", TARGET))
    told = [mention(web, f"{SOURCE}?{n}", gate=gate).response.status for n in range(8)]
    assert told == [200] * 6 + [429] * 2
    others = [
        mention(web, f"https://h{n}.example.com/", gate=gate).response.status for n in range(40)
    ]
    assert others == [200] * 24 + [429] * 16
    assert len(web.asked) == receiving.FETCHES


def test_pingback() -> None:
    found, said = ping(Web(PAGE.format("x", TARGET)), SOURCE, TARGET)
    assert "Thank you" in str(said)
    assert isinstance(found.posts[0], Post)
    assert ping(Web("<p>none</p>"), SOURCE, TARGET)[1] == 17
    assert ping(Web(status=404), SOURCE, TARGET)[1] == 16
    assert ping(Web(), SOURCE, "https://elsewhere.example.com/")[1] == 33
    assert ping(Web(), SOURCE)[1] == ping(Web(), 1, 2)[1] == 49


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<methodCall>",
        b'<!DOCTYPE x [<!ENTITY a "b">]><methodCall><methodName>&a;</methodName></methodCall>',
        '<!DOCTYPE x [<!ENTITY a "b">]><methodCall/>'.encode("utf-16"),
        b"<methodCall><methodName>system.listMethods</methodName></methodCall>",
        b"x" * 30_000,
    ],
)
def test_what_is_no_pingback_is_a_fault(body: bytes) -> None:
    found = received(Web(), OURS, method="POST", headers=XML, body=body, gate=Gate())
    with pytest.raises(xmlrpc.client.Fault, match="49"):
        xmlrpc.client.loads(found.response.body)


def test_other_visitors() -> None:
    def told(sites: tuple[str, ...], method: str, headers: dict[str, str]) -> int:
        return received(Web(), sites, method=method, headers=headers, body=b"").response.status

    assert told(OURS, "GET", {}) == 200
    assert told((), "POST", FORM) == 404
    assert told(OURS, "POST", {"content-type": "text/html"}) == 415


class Site(BaseHTTPRequestHandler):
    """A site that leads where it should not, and sends more than anybody asked for."""

    def do_GET(self) -> None:
        if self.path == "/inside":
            self.send_response(302)
            self.send_header("Location", f"http://localhost:{self.server.server_port}/secret")  # type: ignore[attr-defined]  # a server has one
            self.end_headers()
            return
        self.server.reached.append(self.path)  # type: ignore[attr-defined]  # the test's own
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(PAGE.format("x", TARGET).encode())

    def log_message(self, *given: object) -> None:
        """Quiet."""


@pytest.fixture
def site() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.reached = []  # type: ignore[attr-defined]  # what was shown
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_nobody_leads_us_inside(
    site: ThreadingHTTPServer, caplog: pytest.LogCaptureFixture
) -> None:
    network = Network({"127.0.0.1"})  # stands for the outside: localhost is not allowed
    found = mention(network, f"http://127.0.0.1:{site.server_port}/inside")
    assert found.response.status == 400
    assert b"localhost" not in found.response.body
    assert "localhost was not called" in caplog.text
    assert site.reached == []  # type: ignore[attr-defined]  # the test's own
    refused = mention(network, f"https://localhost:{site.server_port}/page")
    assert refused.response.status == 400
    assert "localhost is on a private network" in caplog.text
    assert mention(network, f"http://127.0.0.1:{site.server_port}/page").response.status == 200
    network.close()
