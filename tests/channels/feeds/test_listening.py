"""Feeds are read politely: what is unchanged is not sent again, what fails is asked less often."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from rejoinder.channels.contract import Connection, Heard, Http, TroubleError
from rejoinder.channels.feeds import channel
from rejoinder.plumbing import clock
from rejoinder.plumbing.answer import Answer
from tests.channels.feeds.fake import FEED, FakeBlog

OTHER = "https://board.example.org/rss"
START = datetime(2026, 3, 2, 9, tzinfo=UTC)


class Web:
    """Some sites behind one network."""

    def __init__(self, blog: FakeBlog) -> None:
        self.blog = blog
        self.pages: dict[str, Answer] = {}

    def call(self, method: str, url: str, **more: Any) -> Answer:
        if url in self.pages:
            self.blog.asked.append((url, self.pages[url].status))
            return self.pages[url]
        return self.blog.call(method, url, **more)


@pytest.fixture
def web() -> Iterator[Web]:
    with clock.standing(START):
        yield Web(FakeBlog())


def listens(web: Http, cursor: dict[str, Any], feeds: str = FEED, **more: str) -> Heard:
    settings = {"title": "Blogs", "feeds": feeds, "watch": "", "site": "", "every": "15"} | more
    return channel(Connection(settings=settings, secrets={}), web).listen(cursor)


def test_what_did_not_change_is_not_sent_again(web: Web) -> None:
    web.blog.writes("tom", "before")
    cursor = listens(web, {}).cursor
    clock.turn(timedelta(minutes=15))
    heard = listens(web, cursor)
    assert heard.posts == []
    assert [status for _, status in web.blog.asked] == [200, 304]
    web.blog.writes("tom", "after")
    clock.turn(timedelta(minutes=15))
    [post] = listens(web, heard.cursor).posts
    assert post.text.endswith("after")
    assert post.tagged
    assert post.handle == "tom@blog.example.com"


def test_a_feed_is_not_asked_before_its_time(web: Web) -> None:
    cursor = listens(web, {}).cursor
    for _ in range(14):
        clock.turn(timedelta(minutes=1))
        cursor = listens(web, cursor).cursor
    assert len(web.blog.asked) == 1
    clock.turn(timedelta(minutes=1))
    listens(web, cursor)
    assert len(web.blog.asked) == 2


def test_a_feed_that_asks_for_an_hour_gets_it(web: Web) -> None:
    body = b"<rss version='2.0'><channel><title>x</title><ttl>600</ttl></channel></rss>"
    web.pages[FEED] = Answer(200, {}, body)
    cursor = listens(web, {}).cursor
    clock.turn(timedelta(minutes=59))
    cursor = listens(web, cursor).cursor
    assert len(web.blog.asked) == 1
    clock.turn(timedelta(minutes=1))
    listens(web, cursor)
    assert len(web.blog.asked) == 2


def test_one_in_trouble_silences_no_other(web: Web, caplog: pytest.LogCaptureFixture) -> None:
    web.pages[OTHER] = Answer(503, {"retry-after": "7200"}, b"")
    cursor = listens(web, {}, f"{OTHER}, {FEED}").cursor
    web.blog.writes("tom", "still heard")
    clock.turn(timedelta(minutes=15))
    with caplog.at_level(logging.WARNING):
        heard = listens(web, cursor, f"{OTHER}, {FEED}")
    assert len(heard.posts) == 1
    assert [url for url, _ in web.blog.asked].count(OTHER) == 1, "it asked to be left for 2 hours"
    clock.turn(timedelta(hours=2))
    with caplog.at_level(logging.WARNING):
        listens(web, heard.cursor, f"{OTHER}, {FEED}")
    assert [url for url, _ in web.blog.asked].count(OTHER) == 2
    assert f"{OTHER} answered 503." in caplog.text


def test_all_in_trouble_is_said(web: Web) -> None:
    web.pages[FEED] = Answer(410, {}, b"")
    with pytest.raises(TroubleError, match="take it out") as caught:
        listens(web, {})
    assert caught.value.permanent


def test_a_new_address_is_remembered_when_it_is_for_good(web: Web) -> None:
    web.pages["https://old.example.com/"] = Answer(301, {"location": FEED}, b"")
    cursor = listens(web, {}, "old.example.com/").cursor
    web.blog.writes("tom", "moved")
    clock.turn(timedelta(minutes=15))
    assert len(listens(web, cursor, "old.example.com/").posts) == 1
    assert [url for url, _ in web.blog.asked] == ["https://old.example.com/", FEED, FEED]


def test_a_new_address_for_now_is_not(web: Web) -> None:
    web.pages["https://old.example.com/"] = Answer(302, {"location": FEED}, b"")
    cursor = listens(web, {}, "old.example.com/").cursor
    clock.turn(timedelta(minutes=15))
    listens(web, cursor, "old.example.com/")
    assert [url for url, _ in web.blog.asked].count("https://old.example.com/") == 2


def test_an_entry_is_gone_when_its_page_is(web: Web) -> None:
    web.blog.tombstones = False
    entries = [web.blog.writes("tom", f"number {n}") for n in range(3)]
    cursor = listens(web, {}).cursor
    entries[1].gone = True
    clock.turn(timedelta(minutes=15))
    heard = listens(web, cursor)
    assert [(post.kind, post.text) for post in heard.posts] == [("delete", "")]
    assert (entries[1].url, 404) in web.blog.asked


def test_an_entry_that_dropped_out_at_the_end_is_not_gone(web: Web) -> None:
    web.blog.tombstones = False
    entries = [web.blog.writes("tom", f"number {n}") for n in range(3)]
    cursor = listens(web, {}).cursor
    entries[0].gone = True
    clock.turn(timedelta(minutes=15))
    assert listens(web, cursor).posts == []


def test_only_what_is_about_us_is_heard(web: Web) -> None:
    cursor = listens(web, {}, watch="Northwind").cursor
    web.blog.writes("tom", "northwinder is a word of its own", tag=False)
    entry = web.blog.writes("tina", "what a day", tag=False)
    web.blog.writes("tom", "NORTHWIND, again", tag=False)
    clock.turn(timedelta(minutes=15))
    heard = listens(web, cursor, watch="Northwind")
    assert [(post.text, post.tagged) for post in heard.posts] == [("NORTHWIND, again", False)]
    entry.text = "what a day with Northwind"
    clock.turn(timedelta(minutes=15))
    [post] = listens(web, heard.cursor, watch="Northwind").posts
    assert (post.kind, post.text) == ("post", "what a day with Northwind")


def test_no_feed_speaks_of_another_s_entry(web: Web) -> None:
    web.blog.writes("tom", "mine")
    web.pages[OTHER] = Answer(200, {}, FakeBlog().feed())
    cursor = listens(web, {}, f"{FEED}, {OTHER}").cursor
    copy = web.blog.feed().replace(b"mine", b"forged")
    tomb = b'<at:deleted-entry ref="tag:blog.example.com,2026:1" when="2026-03-02T09:00:00Z"/>'
    web.pages[OTHER] = Answer(200, {}, copy.replace(b"<entry>", tomb + b"<entry>"))
    clock.turn(timedelta(minutes=15))
    heard = listens(web, cursor, f"{FEED}, {OTHER}")
    assert {post.external_id.partition("/")[0] for post in heard.posts} == {"board.example.org"}


def test_what_changed_a_moment_ago_may_change_again_under_the_same_name(web: Web) -> None:
    fresh = {"last-modified": "Mon, 02 Mar 2026 08:59:30 GMT", "etag": '"1"'}
    web.pages[FEED] = Answer(
        200, fresh | {"date": "Mon, 02 Mar 2026 09:00:00 GMT"}, web.blog.feed()
    )
    assert "etag" not in listens(web, {}).cursor["feeds"][FEED]
    web.pages[FEED] = Answer(
        200, fresh | {"date": "Mon, 02 Mar 2026 09:00:31 GMT"}, web.blog.feed()
    )
    kept = listens(web, {}).cursor["feeds"][FEED]
    assert (kept["etag"], kept["modified"]) == ('"1"', fresh["last-modified"])
