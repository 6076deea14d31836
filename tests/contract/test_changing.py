"""What every channel keeps that changes what we said: in its place, once, and no more than that."""

from collections.abc import Callable
from itertools import count
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rejoinder.channels.contract import (
    Channel,
    Outgoing,
    Post,
    Receipt,
    Refused,
    Sent,
    Standing,
    TryLater,
    Uncertain,
)
from rejoinder.plumbing import clock
from tests.contract.stage import Stage, Trouble, answers, lost, silent, unreachable
from tests.contract.test_contract import TRICKS

FUZZ = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
Change = Callable[[Standing], Sent]
edits = pytest.mark.can("edit")
deletes = pytest.mark.can("delete")
either = pytest.mark.can("edit", "delete")


_number = count(1)


def answered(stage: Stage, text: str = "Back at noon.") -> tuple[Post, Outgoing, Receipt]:
    """Tom asked, and we answered."""
    post = stage.is_asked(f"when is it back, {next(_number)}")  # some refuse the same words
    outgoing, _, sent = stage.answers(post, text)
    assert isinstance(sent, Receipt), sent
    return post, outgoing, sent


def changes(channel: Channel) -> list[Change]:
    """What this channel can do to a reply."""
    found: list[Change] = [channel.edit] if channel.can.edit else []
    return [*found, channel.delete] if channel.can.delete else found


def our_words(stage: Stage, post: Post) -> list[str]:
    return [kept.text for kept in stage.ours(post.external_id)]


@edits
@pytest.mark.parametrize("text", ["Back at two.", *TRICKS])
def test_other_words_take_the_place_of_what_was_said(stage: Stage, text: str) -> None:
    post, outgoing, sent = answered(stage)
    [before] = stage.ours(post.external_id)
    done = stage.channel.edit(stage.as_it_stands(outgoing, sent, text))
    assert isinstance(done, Receipt), done
    assert done.external_id == sent.external_id
    [kept] = stage.ours(post.external_id)
    assert (kept.id, kept.text) == (before.id, text)


@edits
def test_the_same_change_twice_is_one_change(stage: Stage) -> None:
    post, outgoing, sent = answered(stage)
    standing = stage.as_it_stands(outgoing, sent, "Back at two.")
    assert isinstance(stage.channel.edit(standing), Receipt)
    assert isinstance(stage.channel.edit(standing), Receipt)
    assert our_words(stage, post) == ["Back at two."]


@edits
def test_what_is_gone_is_not_changed(stage: Stage) -> None:
    _, outgoing, sent = answered(stage)
    standing = stage.as_it_stands(outgoing, sent, "Back at two.")
    assert isinstance(stage.channel.delete(standing), Receipt)
    assert isinstance(stage.channel.edit(standing), Refused)


@deletes
def test_a_reply_is_taken_back_and_no_other(stage: Stage) -> None:
    post, outgoing, sent = answered(stage)
    stage.answers(post, "And sorry.", 2)
    assert isinstance(stage.channel.delete(stage.as_it_stands(outgoing, sent)), Receipt)
    assert our_words(stage, post) == ["And sorry."]


@deletes
def test_what_is_gone_already_is_what_was_wanted(stage: Stage) -> None:
    post, outgoing, sent = answered(stage)
    standing = stage.as_it_stands(outgoing, sent)
    assert isinstance(stage.channel.delete(standing), Receipt)
    assert isinstance(stage.channel.delete(standing), Receipt)
    assert our_words(stage, post) == []


@either
@pytest.mark.parametrize("trouble", [lost, silent, answers(500), answers(503)])
def test_a_change_in_doubt_is_made_again(stage: Stage, trouble: Trouble) -> None:
    for change in changes(stage.channel):
        post, outgoing, sent = answered(stage)
        standing = stage.as_it_stands(outgoing, sent, "Back at two.")
        stage.line.on_send(trouble)
        assert isinstance(change(standing), Uncertain | Receipt)
        assert isinstance(change(standing), Receipt)
        assert our_words(stage, post) in (["Back at two."], [])


@either
def test_a_change_waits_for_a_limit_and_for_the_way_out_too(stage: Stage) -> None:
    for change in changes(stage.channel):
        post, outgoing, sent = answered(stage)
        standing = stage.as_it_stands(outgoing, sent, "Back at two.")
        stage.line.on_send(answers(429, b"{}", retry_after="90"))
        refused = change(standing)
        assert isinstance(refused, TryLater)
        assert (refused.limited, refused.after) == (True, 90)
        stage.line.on_send(unreachable)
        assert isinstance(change(standing), TryLater)
        assert our_words(stage, post) == ["Back at noon."]


@edits
def test_another_hand_that_changes_our_words_is_heard(stage: Stage) -> None:
    _, _, sent = answered(stage)
    stage.hears(sent.external_id)
    stage.edits(sent.external_id, "Back at three.")
    [post] = stage.hears(sent.external_id, kind="edit")
    assert post.ours
    assert "Back at three." in post.text


@deletes
def test_another_hand_that_takes_our_words_back_is_heard(stage: Stage) -> None:
    _, _, sent = answered(stage)
    stage.hears(sent.external_id)
    stage.deletes(sent.external_id)
    stage.hears(sent.external_id, kind="delete")


def test_who_cannot_change_or_take_back_says_so(stage: Stage) -> None:
    kind = stage.channel
    outgoing = Outgoing(text="Hello.", to="1", root="1", created_at=clock.now())
    standing = Standing(external_id="1", reply=outgoing)
    if not kind.can.edit:
        assert isinstance(kind.edit(standing), Refused)
    if not kind.can.delete:
        assert isinstance(kind.delete(standing), Refused)


@either
@FUZZ
@given(
    status=st.integers(100, 599),
    body=st.one_of(st.binary(max_size=200), st.just(b'{"error": 7}'), st.just(b'{"data": null}')),
    after=st.text(max_size=10),
)
def test_no_answer_of_a_platform_breaks_a_change(
    stage: Stage, status: int, body: bytes, after: str
) -> None:
    outgoing = Outgoing(
        text="Hello.", to="1", root="1", ref={"id": "1", "photo": "1"}, created_at=clock.now()
    )
    standing = Standing(external_id="1", ref={"id": "1"}, reply=outgoing)
    for change in changes(stage.channel):
        stage.line.on_send(*[answers(status, body, retry_after=after)] * 2)
        sent = change(standing)
        stage.line.mends()
        assert isinstance(sent, get_args(Sent))
        if isinstance(sent, TryLater):
            assert sent.after >= 1
