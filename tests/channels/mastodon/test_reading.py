"""A server's statuses as the desk hears them, and who may be heard untagged."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.channels.contract import Media
from rejoinder.channels.mastodon import reading, shapes, welcome

TOM = {"id": "7", "acct": "tom@people.example", "display_name": "Tom", "indexable": True}
SAID = {
    "id": "1",
    "uri": "https://people.example/users/tom/statuses/1",
    "url": "https://people.example/@tom/1",
    "account": TOM,
    "content": "<p>no <b>signal</b></p><p>since nine &amp; counting</p>",
    "created_at": "2026-03-02T09:00:00.000Z",
    "visibility": "public",
    "language": "en",
}


def status(**more: object) -> shapes.Status:
    return msgspec.convert(SAID | more, shapes.Status)


def test_all_that_matters_is_read() -> None:
    post = reading.post(status(), "1", "social.example", above=("parent", "root"))
    assert post.external_id == SAID["uri"]
    assert (post.author_id, post.handle, post.name) == (TOM["acct"], TOM["acct"], "Tom")
    assert post.text == "no signal\n\nsince nine & counting"
    assert (post.in_reply_to, post.root) == ("parent", "root")
    assert (post.public, post.ours, post.tagged) == (True, False, True)
    assert post.created_at is not None
    assert post.ref == {"id": "1", "visibility": "public"}
    assert post.followers is None
    told = reading.post(status(account=TOM | {"followers_count": 12}), "1", "social.example")
    assert told.followers == 12


def test_a_warning_stands_before_the_words_and_is_remembered() -> None:
    post = reading.post(status(spoiler_text="illness"), "1", "social.example")
    assert post.text.startswith("[illness]\n\nno signal")
    assert post.ref["warning"] == "illness"


@pytest.mark.parametrize(
    ("visibility", "public"),
    [("public", True), ("unlisted", True), ("private", False), ("direct", False), ("odd", False)],
)
def test_who_may_read_it(visibility: str, public: bool) -> None:
    assert reading.post(status(visibility=visibility), "1", "x.example").public is public


def test_pictures_keep_what_they_show_in_words() -> None:
    attached = [
        {"type": "image", "url": "https://x.example/1.png", "description": "A mast"},
        {"type": "gifv", "url": None, "remote_url": "https://x.example/2.mp4"},
        {"type": "unknown", "url": "https://x.example/3"},
        {"type": "image", "url": None},
    ]
    post = reading.post(status(media_attachments=attached), "1", "x.example")
    assert post.media == (
        Media("image", "https://x.example/1.png", "A mast"),
        Media("video", "https://x.example/2.mp4"),
        Media("file", "https://x.example/3"),
    )


def test_a_server_s_own_people_have_its_name() -> None:
    own = shapes.Account(id="2", acct="tina")
    assert reading.full(own, "social.example") == "tina@social.example"
    assert reading.full(shapes.Account(id="2", username="t"), "") == "t"


@given(st.text())
def test_no_markup_and_no_time_breaks_it(text: str) -> None:
    post = reading.post(status(content=text, created_at=text), "1", "x.example")
    assert post.text == reading.text(status(content=text))


@pytest.mark.parametrize(
    ("author", "tag", "words"),
    [
        ({}, True, True),
        ({"indexable": False}, True, False),
        ({"indexable": None}, True, True),
        ({"noindex": True}, False, False),
        ({"note": "<p>I paint. #NoBot</p>"}, False, False),
        ({"note": "<p>#<span>nobots</span></p>"}, False, False),
        ({"note": "<p>#nobotany, I like plants</p>"}, True, True),
        ({"note": "#noindex"}, False, False),
    ],
)
def test_who_asked_not_to_be_read_by_machines_is_not(
    author: dict[str, object], tag: bool, words: bool
) -> None:
    said = status(account=TOM | author)
    assert (welcome.may_hear(said, "tag"), welcome.may_hear(said, "words")) == (tag, words)


def test_what_is_not_for_everybody_is_not_heard_untagged() -> None:
    for visibility in ("unlisted", "private", "direct"):
        assert not welcome.may_hear(status(visibility=visibility), "tag")


def test_words_are_found_as_a_reader_reads_them() -> None:
    assert welcome.has(status(), "NO SIGNAL")
    assert not welcome.has(status(), "no <b>signal")
