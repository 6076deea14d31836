"""Tom, Tina and our desk on a real Bluesky: heard, answered, deleted, counted, limited."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from atproto import Client, client_utils, models

from rejoinder.channels.contract import Outgoing, Post, Receipt, Refused
from rejoinder.plumbing import clock
from rejoinder.plumbing.http import Network
from tests.contract.stage import same
from tests.real import network
from tests.real.bluesky.conftest import Desk

pytestmark = pytest.mark.real

FAMILY = "👩‍👩‍👧‍👦"


def says(desk: Desk, somebody: Client, words: str) -> Any:
    """Somebody posts and names us."""
    text = client_utils.TextBuilder().mention(f"@{desk.who.handle}", desk.who.did).text(f" {words}")
    return somebody.send_post(text)


def answer(post: Post, text: str, **more: Any) -> Outgoing:
    """Our reply to a post we heard."""
    return Outgoing(
        text=text,
        to=post.external_id,
        root=post.root or post.external_id,
        to_handle=post.handle,
        ref=post.ref,
        created_at=clock.now(),
        **more,
    )


def sent(desk: Desk, post: Post, text: str, number: int = 1, **more: Any) -> Receipt:
    outgoing = answer(post, text, **more)
    outcome = desk.channel.send(outgoing, desk.channel.new_key(outgoing.created_at, number))
    assert isinstance(outcome, Receipt), outcome
    return outcome


def told(somebody: Client, uri: str) -> Any:
    """The notification that somebody got about a post."""

    def look() -> Any:
        found = somebody.app.bsky.notification.list_notifications().notifications
        return next((one for one in found if one.uri == uri), None)

    return eventually(look)


def eventually(look: Callable[[], Any], within: float = 15) -> Any:
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        if found := look():
            return found
        time.sleep(0.2)
    raise AssertionError("it did not happen in time")


def test_a_mention_is_heard_and_the_answer_reaches_tom(desk: Desk, tom: Client) -> None:
    asked = says(desk, tom, "my phone has no signal since nine")
    post = desk.hears(lambda post: post.external_id == asked.uri)
    assert post.tagged
    assert post.root is None
    assert post.text.endswith("no signal since nine")
    assert post.author_id == tom.me.did

    receipt = sent(desk, post, "Sorry about that, we are on it.")

    notified = told(tom, receipt.external_id)
    assert notified.reason == "reply"
    assert notified.record.reply.root.uri == notified.record.reply.parent.uri == asked.uri
    assert notified.record.reply.parent.cid == asked.cid


def test_tina_who_does_not_tag_us_is_heard_and_answered(desk: Desk, tina: Client) -> None:
    asked = tina.send_post("Is Northwind down in Leeds again")
    post = desk.hears(lambda post: post.external_id == asked.uri)
    assert not post.tagged
    receipt = sent(desk, post, "It is; we expect it back by noon.")
    assert told(tina, receipt.external_id).record.text.startswith("It is")


def test_a_reply_deep_in_a_thread_keeps_its_root(desk: Desk, tom: Client, tina: Client) -> None:
    first = tina.send_post("What is it with phones today")
    link = models.create_strong_ref(first)
    asked = tom.send_post(
        client_utils.TextBuilder().mention("@us", desk.who.did).text(" do you know"),
        reply_to=models.AppBskyFeedPost.ReplyRef(parent=link, root=link),
    )
    post = desk.hears(lambda post: post.external_id == asked.uri)
    assert (post.in_reply_to, post.root) == (first.uri, first.uri)
    # We never heard the root, and name it rightly none the less.
    record = told(tom, sent(desk, post, "We do.").external_id).record
    assert record.reply.root.cid == first.cid
    assert record.reply.parent.cid == asked.cid


def test_marks_stand_at_the_right_bytes(desk: Desk, tom: Client) -> None:
    asked = says(desk, tom, "where is the map")
    post = desk.hears(lambda post: post.external_id == asked.uri)
    text = f"{FAMILY} é @{tom.me.handle} see https://example.com/a?b=1. #Leeds"
    record = told(tom, sent(desk, post, text, language="en").external_id).record
    raw = text.encode()
    marked = {
        raw[facet.index.byte_start : facet.index.byte_end].decode(): facet.features[0]
        for facet in record.facets
    }
    assert marked[f"@{tom.me.handle}"].did == tom.me.did
    assert marked["https://example.com/a?b=1"].uri == "https://example.com/a?b=1"
    assert marked["#Leeds"].tag == "Leeds"
    assert record.langs == ["en"]


def test_what_tom_deletes_is_gone_here_too(desk: Desk, tom: Client) -> None:
    asked = says(desk, tom, "forget it")
    desk.hears(lambda post: post.external_id == asked.uri)
    tom.delete_post(asked.uri)
    gone = desk.hears(lambda post: post.external_id == asked.uri and post.kind == "delete")
    assert gone.text == ""


def test_what_tom_edits_is_heard_again(desk: Desk, tom: Client) -> None:
    asked = says(desk, tom, "no signal in Leds")
    desk.hears(lambda post: post.external_id == asked.uri)
    record = models.AppBskyFeedPost.Record(
        text="no signal in Leeds", created_at=clock.now().isoformat()
    )
    tom.com.atproto.repo.put_record(
        {
            "repo": tom.me.did,
            "collection": "app.bsky.feed.post",
            "rkey": asked.uri.rpartition("/")[2],
            "record": record.model_dump(by_alias=True, exclude_none=True),
        }
    )
    edited = desk.hears(lambda post: post.external_id == asked.uri and post.kind == "edit")
    assert edited.text == "no signal in Leeds"


def test_the_same_key_twice_is_one_post(desk: Desk, tom: Client) -> None:
    asked = says(desk, tom, "hello")
    post = desk.hears(lambda post: post.external_id == asked.uri)
    outgoing = answer(post, "Hello Tom.")
    key = desk.channel.new_key(outgoing.created_at, 7)
    assert desk.channel.find_sent(outgoing, key) is None
    first, second = desk.channel.send(outgoing, key), desk.channel.send(outgoing, key)
    assert isinstance(first, Receipt)
    assert same(second, first)
    assert same(desk.channel.find_sent(outgoing, key), first)
    replies = eventually(lambda: tom.get_post_thread(asked.uri).thread.replies)
    assert [reply.post.uri for reply in replies] == [first.external_id]


@pytest.mark.parametrize(
    "text",
    [
        FAMILY * 100 + "x" * 199,  # 299 graphemes, 2,699 bytes
        "e\u0301" * 300,
        "x" * 300,
        FAMILY * 120,  # 3,000 bytes
    ],
)
def test_the_server_takes_what_we_count_as_fitting(desk: Desk, tom: Client, text: str) -> None:
    assert desk.channel.count(text).ok
    sent(desk, _hello(desk, tom), text)


@pytest.mark.parametrize("text", ["x" * 301, FAMILY * 120 + "x", "🇬🇧" * 301])
def test_the_server_refuses_what_we_count_as_too_long(desk: Desk, tom: Client, text: str) -> None:
    assert not desk.channel.count(text).ok
    outgoing = answer(_hello(desk, tom), text)
    outcome = desk.channel.send(outgoing, desk.channel.new_key(outgoing.created_at, 1))
    assert isinstance(outcome, Refused)
    assert "too big" in outcome.words


def test_a_token_that_no_longer_opens_is_renewed(desk: Desk, tom: Client) -> None:
    post = _hello(desk, tom)
    desk.channel._session._secrets |= {"access": "stale", "refresh": "stale"}
    assert sent(desk, post, "Still here.").external_id


def test_the_server_says_what_it_allows(desk: Desk, whole: network.Bluesky, http: Network) -> None:
    url = f"{whole.pds}/xrpc/com.atproto.server.createSession"
    given = {"identifier": desk.who.handle, "password": "wrong"}
    header = http.call("POST", url, json=given).header
    assert int(header["ratelimit-limit"]) > int(header["ratelimit-remaining"]) >= 0
    assert datetime.fromtimestamp(int(header["ratelimit-reset"]), UTC) > clock.now()


def _hello(desk: Desk, tom: Client) -> Post:
    asked = says(desk, tom, "hello")
    return desk.hears(lambda post: post.external_id == asked.uri)
