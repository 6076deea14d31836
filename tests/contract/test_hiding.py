"""What every channel keeps that hides what others wrote: no other, and never for good."""

from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rejoinder.channels.contract import (
    Hiding,
    Post,
    Receipt,
    Refused,
    Sent,
    TryLater,
    Uncertain,
)
from tests.contract.stage import Stage, Trouble, answers, garbage, lost, silent, unreachable

FUZZ = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

pytestmark = pytest.mark.can("hide")


def hiding(post: Post, *, hidden: bool = True) -> Hiding:
    return Hiding(external_id=post.external_id, ref=post.ref, hidden=hidden)


def test_it_is_hidden_and_shown_again_and_no_other(stage: Stage) -> None:
    post = stage.is_asked("my number is 07700 900123")
    other = stage.says("tina", "is there an outage")
    stage.hears(other)
    assert stage.channel.hides(post.ref)
    assert post.shown
    done = stage.channel.hide(hiding(post))
    assert isinstance(done, Receipt), done
    assert done.external_id == post.external_id
    assert stage.hidden(post.external_id)
    assert not stage.hidden(other)
    assert isinstance(stage.channel.hide(hiding(post, hidden=False)), Receipt)
    assert not stage.hidden(post.external_id)


def test_done_twice_it_is_done_once(stage: Stage) -> None:
    post = stage.is_asked()
    for hidden in (True, True, False, False):
        done = stage.channel.hide(hiding(post, hidden=hidden))
        assert isinstance(done, Receipt), done
        assert stage.hidden(post.external_id) is hidden


def test_what_we_hid_is_not_taken_for_deleted(stage: Stage) -> None:
    post = stage.is_asked()
    stage.channel.hide(hiding(post))
    for number in range(12):  # some look at older ones every few listenings
        stage.says("tina", f"and what about {number}")
        stage.listens()
    told = [each for each in stage.posts_heard if each.external_id == post.external_id]
    assert not [each for each in told if each.kind == "delete"]
    assert {each.text for each in told} == {post.text}


def test_another_hand_that_hides_or_shows_it_is_heard(stage: Stage) -> None:
    post = stage.is_asked()
    for hidden in (True, False):
        stage.posts_heard.clear()
        stage.holds_back(post.external_id, hidden=hidden)
        [told] = stage.hears(post.external_id, kind="edit")
        assert told.shown is not hidden
        assert told.text == post.text


def test_what_is_gone_is_not_hidden(stage: Stage) -> None:
    post = stage.is_asked()
    stage.deletes(post.external_id)
    assert isinstance(stage.channel.hide(hiding(post)), Refused)


@pytest.mark.parametrize("trouble", [lost, silent, garbage, answers(500), answers(503)])
def test_hiding_in_doubt_is_done_again(stage: Stage, trouble: Trouble) -> None:
    post = stage.is_asked()
    stage.line.on_send(trouble)
    assert isinstance(stage.channel.hide(hiding(post)), Uncertain | Receipt)
    assert isinstance(stage.channel.hide(hiding(post)), Receipt)
    assert stage.hidden(post.external_id)


def test_hiding_waits_for_a_limit_and_for_the_way_out_too(stage: Stage) -> None:
    post = stage.is_asked()
    stage.line.on_send(answers(429, b"{}", retry_after="90"))
    refused = stage.channel.hide(hiding(post))
    assert isinstance(refused, TryLater)
    assert (refused.limited, refused.after) == (True, 90)
    stage.line.on_send(unreachable)
    assert isinstance(stage.channel.hide(hiding(post)), TryLater)
    assert not stage.hidden(post.external_id)


@FUZZ
@given(
    status=st.integers(100, 599),
    body=st.one_of(st.binary(max_size=200), st.just(b'{"error": 7}'), st.just(b'{"data": null}')),
    after=st.text(max_size=10),
)
def test_no_answer_breaks_a_hiding(stage: Stage, status: int, body: bytes, after: str) -> None:
    stage.line.on_send(*[answers(status, body, retry_after=after)] * 2)
    sent = stage.channel.hide(Hiding(external_id="1", ref={"id": "1"}, hidden=True))
    stage.line.mends()
    assert isinstance(sent, get_args(Sent))
    if isinstance(sent, TryLater):
        assert sent.after >= 1
