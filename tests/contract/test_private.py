"""What every channel keeps where people write for few eyes: an answer reaches no more of them."""

import pytest

from rejoinder.channels.contract import Receipt
from tests.contract.stage import Stage, lost, same

pytestmark = [pytest.mark.can("private"), pytest.mark.can("reads_back")]


def test_what_is_for_us_alone_is_heard_as_such(stage: Stage) -> None:
    stage.opens()
    quiet, loud = stage.whispers("tom", "my account"), stage.says("tom", "no signal")
    private, public = stage.hears(quiet, loud)
    assert (private.public, public.public) == (False, True)
    assert private.tagged


def test_it_is_answered_for_their_eyes_alone(stage: Stage) -> None:
    stage.opens()
    [post] = stage.hears(stage.whispers("tom", "my account"))
    outgoing, key, sent = stage.answers(post, "It is open again.", private=True)
    assert isinstance(sent, Receipt), sent
    [kept] = stage.ours(post.external_id)
    assert (kept.private, kept.text) == (True, "It is open again.")
    assert same(stage.channel.find_sent(outgoing, key), sent)


def test_what_was_public_may_be_answered_so_too(stage: Stage) -> None:
    post = stage.is_asked("which number is on my account")
    stage.answers(post, "We have written to you.", 1)
    stage.answers(post, "It ends with 900.", 2, private=True)
    kept = {each.text: each.private for each in stage.ours(post.external_id)}
    assert kept == {"We have written to you.": False, "It ends with 900.": True}


def test_a_private_answer_in_doubt_is_found_again(stage: Stage) -> None:
    stage.opens()
    [post] = stage.hears(stage.whispers("tom", "my account"))
    stage.line.on_send(lost)
    outgoing, key, _ = stage.answers(post, "It is open again.", private=True)
    found = stage.channel.find_sent(outgoing, key)
    assert found is not None
    assert [kept.id for kept in stage.ours(post.external_id)] == [found.external_id]
