"""What every channel keeps that takes pictures: each leaves with its words, or nothing leaves."""

import io

import pytest
from PIL import Image

from rejoinder.channels.contract import Picture, Receipt, Refused, TryLater
from rejoinder.plumbing.picture import ours
from tests.contract.stage import Stage, answers, same, unreachable

pytestmark = pytest.mark.can("pictures")
UNTIDY = [503, 500, 429]


def picture(alt: str, colour: str = "navy") -> Picture:
    """One as the desk makes it."""
    written = io.BytesIO()
    Image.new("RGB", (120, 80), colour).save(written, "PNG")
    drawn = ours(written.getvalue())
    return Picture(data=drawn.data, alt=alt, width=drawn.width, height=drawn.height)


MAP = picture("A map of Leeds; the outage is east of the river.")
MAST = picture("Two people in orange repair a mast. “Nearly there” 👷", "orange")


def test_it_leaves_with_its_words(stage: Stage) -> None:
    post = stage.is_asked()
    outgoing, key, sent = stage.answers(post, "This is where.", pictures=(MAP,))
    assert isinstance(sent, Receipt), sent
    [kept] = stage.ours(post.external_id)
    assert kept.pictures == (MAP.alt,)
    if stage.channel.can.reads_back:
        assert same(stage.channel.find_sent(outgoing, key), sent) or sent.ref


def test_several_leave_in_their_order(stage: Stage) -> None:
    post = stage.is_asked()
    stage.answers(post, "Where, and what we do.", pictures=(MAP, MAST))
    [kept] = stage.ours(post.external_id)
    assert kept.pictures == (MAP.alt, MAST.alt)


def test_a_reply_without_one_has_none(stage: Stage) -> None:
    post = stage.is_asked()
    stage.answers(post, "Soon.")
    [kept] = stage.ours(post.external_id)
    assert kept.pictures == ()


def test_while_the_platform_takes_none_nothing_is_posted(stage: Stage) -> None:
    if not stage.sends_over_http:
        return  # there is no step before the one that sends
    post = stage.is_asked()
    for trouble in (unreachable, *(answers(status) for status in UNTIDY)):
        stage.line.on_read(trouble)
        _, _, sent = stage.answers(post, "This is where.", pictures=(MAP,))
        assert isinstance(sent, TryLater), sent
        stage.line.mends()
    assert stage.ours(post.external_id) == []
    _, _, sent = stage.answers(post, "This is where.", 2, pictures=(MAP,))
    assert isinstance(sent, Receipt)
    [kept] = stage.ours(post.external_id)
    assert kept.pictures == (MAP.alt,)


def test_one_that_the_platform_refuses_is_refused_with_its_words(stage: Stage) -> None:
    if not stage.sends_over_http:
        return
    post = stage.is_asked()
    stage.line.on_read(answers(413, b'{"error": "PayloadTooLarge", "message": "too large"}'))
    _, _, sent = stage.answers(post, "This is where.", pictures=(MAP,))
    assert isinstance(sent, Refused), sent
    assert "picture" in sent.words.lower()
    assert stage.ours(post.external_id) == []


def test_other_words_leave_the_picture_where_it_is(stage: Stage) -> None:
    if not stage.channel.can.edit:
        return
    post = stage.is_asked()
    outgoing, _, sent = stage.answers(post, "This is where.", pictures=(MAP,))
    assert isinstance(sent, Receipt)
    changed = stage.channel.edit(stage.as_it_stands(outgoing, sent, "It was there."))
    assert isinstance(changed, Receipt), changed
    again = stage.channel.edit(stage.as_it_stands(outgoing, changed, "It was there, until noon."))
    assert isinstance(again, Receipt), again
    [kept] = stage.ours(post.external_id)
    assert (kept.text, kept.pictures) == ("It was there, until noon.", (MAP.alt,))
