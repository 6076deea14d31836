"""Labels of moderators and of authors: shown before the words, and respected."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.channels.bluesky import labels, reading, shapes
from rejoinder.channels.contract import Outgoing, Post
from rejoinder.plumbing import clock
from tests.channels.bluesky.stage import FakeStage, Running

US, TOM = "did:plc:us", "did:plc:tom"
PICTURE = {
    "$type": "app.bsky.embed.images",
    "images": [{"alt": "a mast", "image": {"ref": {"$link": "bafy1"}}}],
}


def label(value: str, **more: Any) -> dict[str, Any]:
    return {"src": "did:plc:labeller", "uri": "at://x", "val": value} | more


def read(
    said: list[Any] | None = None, of_author: list[Any] | None = None, by: str = TOM, **more: Any
) -> Post:
    """Tom's post with what is said of it."""
    view = {
        "uri": f"at://{by}/app.bsky.feed.post/3k",
        "cid": "bafy",
        "author": {"did": by, "handle": "tom.example.com", "labels": of_author or []},
        "record": {"text": "no signal", "embed": PICTURE} | more,
        "labels": said or [],
    }
    return reading.post(msgspec.json.decode(msgspec.json.encode(view), type=shapes.View), US)


@pytest.fixture
def stage() -> FakeStage:
    return Running().stage()


def test_without_labels_the_words_stand_alone() -> None:
    assert read().text == "no signal"
    assert len(read().media) == 1


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (["!warn"], "[warn]\n\nno signal"),
        (["!hide"], "[hide]\n\nno signal"),
        (["spam", "graphic-media"], "[graphic-media, spam]\n\nno signal"),
        (["!no-unauthenticated"], "no signal"),
    ],
)
def test_what_moderators_say_stands_before_the_words(said: list[str], shown: str) -> None:
    assert read([label(value) for value in said]).text == shown


def test_what_is_said_of_the_account_says_so() -> None:
    post = read([], [label("impersonation"), label("!no-unauthenticated")])
    assert post.text == "[account: impersonation]\n\nno signal"
    assert len(post.media) == 1


def test_what_an_author_says_of_their_own_post_is_shown_once() -> None:
    own = {"$type": "com.atproto.label.defs#selfLabels", "values": [{"val": "nudity"}]}
    post = read([label("nudity", src=TOM)], labels=own)
    assert post.text == "[nudity]\n\nno signal"


@pytest.mark.parametrize("value", sorted(labels.COVERED))
def test_pictures_under_a_cover_stay_there(value: str) -> None:
    assert read([label(value)]).media == ()


def test_a_label_taken_back_is_not_shown() -> None:
    assert read([label("spam"), label("spam", neg=True)]).text == "no signal"


def test_our_own_words_stay_as_we_wrote_them() -> None:
    assert read([label("spam")], by=US).text == "no signal"


@pytest.mark.parametrize(
    "strange", [7, "nudity", {"values": 3}, {"values": [{"val": None}]}, {"values": ["x"]}, []]
)
def test_strange_labels_of_an_author_do_not_cost_the_words(strange: object) -> None:
    assert read(labels=strange).text == "no signal"


@given(st.lists(st.text(max_size=200)), st.lists(st.text(max_size=200)))
def test_whoever_labels_does_not_flood_the_words(post: list[str], account: list[str]) -> None:
    said = labels.told(post, account)
    assert len(labels.before(said, "")) <= labels.MOST * (labels.LONGEST + 2) + 2
    assert labels.before(said, "x").endswith("x")


def test_a_label_given_later_arrives_and_so_does_its_end(stage: FakeStage) -> None:
    stage.opens()
    uri = stage.says("tom", "no signal")
    stage.hears(uri)
    view = stage.bluesky.posts[uri]
    view["labels"] = [label("spam")]
    [edited] = stage.hears(uri, kind="edit")
    assert edited.text.startswith("[spam]")
    stage.posts_heard.clear()
    view["labels"] = []
    [edited] = stage.hears(uri, kind="edit")
    assert not edited.text.startswith("[")
    stage.posts_heard.clear()
    for _ in range(3):
        stage.listens()
    assert stage.posts_heard == []


@pytest.mark.parametrize(
    ("language", "langs"),
    [("en", ["en"]), ("de-AT", ["de-AT"]), ("", None), ("x" * 40, None), ("no language", None)],
)
def test_a_reply_says_its_language_where_it_has_one(
    stage: FakeStage, language: str, langs: list[str] | None
) -> None:
    post = stage.is_asked()
    outgoing = Outgoing(
        text="Yes.",
        to=post.external_id,
        root=post.external_id,
        ref=post.ref,
        language=language,
        created_at=clock.now(),
    )
    stage.channel.send(outgoing, "3kaaaaaaaaaaa")
    [ours] = [v for v in stage.bluesky.posts.values() if v["author"]["did"] == stage.did]
    assert ours["record"].get("langs") == langs
