"""The feeds of a real WordPress: heard, not sent twice, and its pingbacks taken."""

import time
import xmlrpc.client
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from rejoinder.channels.contract import Connection
from rejoinder.channels.feeds import channel, listening
from rejoinder.channels.feeds.feeds import Feeds
from rejoinder.plumbing import clock
from rejoinder.plumbing.answer import Answer
from rejoinder.plumbing.http import Network
from tests.real.wordpress.server import WordPress

pytestmark = pytest.mark.real


class Seen:
    """A network that remembers what was answered."""

    def __init__(self, inner: Network) -> None:
        self._inner = inner
        self.statuses: list[int] = []

    def call(self, method: str, url: str, **more: Any) -> Answer:
        answer = self._inner.call(method, url, **more)
        self.statuses.append(answer.status)
        return answer


def reads(wordpress: WordPress, http: Seen, feed: str, **more: str) -> Feeds:
    settings = {"feeds": f"{wordpress.url}/?feed={feed}"} | more
    return channel(Connection(settings=settings, secrets={}), http)


@pytest.mark.parametrize("feed", ["comments-rss2", "comments-atom"])
def test_comments_are_heard_and_nothing_is_sent_twice(
    site: WordPress, http: Network, feed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = Seen(http)
    # The site is a few seconds old, and what changed a moment ago is asked for anew.
    monkeypatch.setattr(listening, "FRESH", 0.0)
    with clock.standing(datetime.now(UTC)):
        cursor = reads(site, seen, feed).listen({}).cursor
        clock.turn(timedelta(hours=1))
        heard = reads(site, seen, feed).listen(cursor)
        assert (heard.posts, seen.statuses) == ([], [200, 304])
        _next_second()  # WordPress names versions of a feed by it
        said = f"No signal <b>in</b> Leeds, says {feed} & Söhne"
        number = site.says("Tom", said)
        site.admin("POST", f"/comments/{number}", json={"status": "approved"})
        clock.turn(timedelta(hours=1))
        heard = reads(site, seen, feed).listen(heard.cursor)
        clock.turn(timedelta(hours=1))
        again = reads(site, seen, feed).listen(heard.cursor)
    assert (again.posts, seen.statuses) == ([], [200, 304, 200, 304])
    [post] = heard.posts
    assert f"No signal in Leeds, says {feed} & Söhne" in post.text
    assert post.name == "Tom"
    assert post.url.endswith(f"#comment-{number}")


def test_a_post_of_a_blog_that_links_to_us_is_believed(site: WordPress, http: Network) -> None:
    target = "https://www.brand.example/answers/outage"
    content = f'<p>They say it is <a href="{target}">back</a>.</p>'
    written = site.admin(
        "POST", "/posts", json={"title": "What a day", "content": content, "status": "publish"}
    ).json()
    desk = reads(site, Seen(http), "atom", site="www.brand.example")
    call = xmlrpc.client.dumps((written["link"], target), "pingback.ping").encode()
    found = desk.receive("POST", {}, {"content-type": "text/xml"}, call)
    [post] = found.posts
    assert f"They say it is back ({target})." in post.text
    assert post.url == written["link"]
    site.admin("POST", f"/posts/{written['id']}", json={"content": "<p>Nothing.</p>"})
    again = desk.receive("POST", {}, {"content-type": "text/xml"}, call)
    with pytest.raises(xmlrpc.client.Fault, match="17"):
        xmlrpc.client.loads(again.response.body)


def _next_second() -> None:
    start = int(time.time())
    while int(time.time()) == start:
        time.sleep(0.02)
