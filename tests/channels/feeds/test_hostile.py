"""Feeds that want to do harm: refused in words, at little cost, and the others are heard."""

import gzip
import resource
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from rejoinder.channels.contract import Connection, TroubleError
from rejoinder.channels.feeds import channel
from rejoinder.channels.feeds.feeds import Feeds
from rejoinder.plumbing.http import Network

GOOD = b"<rss version='2.0'><channel><item><guid>1</guid><title>hi</title></item></channel></rss>"
BOMB = gzip.compress(b"<rss version='2.0'>" + b" " * 300_000_000)
PAGES = {"/good": GOOD, "/bomb": BOMB, "/deep": b"<rss>" + b"<a>" * 450_000 + b"</rss>"}
PAGES["/long"] = b"<rss version='2.0'>" + b" " * 50_000_000 + b"</rss>"
PAGES["/many"] = b"<rss version='2.0'><channel>" + b"<item/>" * 400_000 + b"</channel></rss>"
PAGES["/entries"] = (
    b"<rss version='2.0'><channel>" + b"<item><a/></item>" * 32_000 + b"</channel></rss>"
)
PAGES["/wide"] = b"<rss version='2.0'><channel><item>" + b"<a b='" + b"c" * 1_900_000 + b"'/></rss>"
PAGES["/shut"] = b"<rss version='2.0'><channel><item>" + b"<a " * 450_000 + b"</rss>"
PAGES["/signs"] = b"<rss version='2.0'><channel><title>" + b"&" * 1_450_000 + b"</rss>"
PAGES["/tags"] = b"<rss version='2.0'><channel><item><![CDATA[" * 40_000 + b"</rss>"


class Site(BaseHTTPRequestHandler):
    """Serves what it is asked for."""

    def do_GET(self) -> None:
        if self.path == "/inside":
            self.send_response(301)
            self.send_header("Location", "https://localhost/feed")
            self.end_headers()
            return
        self.send_response(200)
        if self.path == "/bomb":
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        try:
            self.wfile.write(PAGES[self.path])
        except OSError:
            return  # the desk has heard enough

    def log_message(self, *given: object) -> None:
        """Quiet."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def network() -> Iterator[Network]:
    found = Network({"127.0.0.1"})
    yield found
    found.close()


def reads(network: Network, *feeds: str) -> Feeds:
    return channel(Connection(settings={"feeds": ", ".join(feeds)}, secrets={}), network)


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/bomb", "longer than the desk takes"),
        ("/long", "longer than"),
        ("/inside", "localhost is on a private network"),
    ],
)
def test_it_is_refused_and_others_are_heard(
    site: str, network: Network, path: str, why: str, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(TroubleError, match=why):
        reads(network, site + path).listen({})
    heard = reads(network, site + path, f"{site}/good").listen({})
    assert heard.cursor["feeds"][f"{site}/good"]["begun"]
    assert why in caplog.text


@pytest.mark.parametrize("path", [path for path in PAGES if path != "/good"])
def test_it_costs_little(site: str, network: Network, path: str) -> None:
    start = time.monotonic()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with suppress(TroubleError):  # refused or read: either is well, if it is cheap
        reads(network, site + path).listen({})
    took = time.monotonic() - start
    grew = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert took < 60  # some 5 s on a quiet machine
    assert grew < 400_000  # kB
