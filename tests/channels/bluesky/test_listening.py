"""How the desk hears Bluesky: frugally, and one trouble does not silence the rest."""

import json

import pytest

from rejoinder.channels.bluesky import listening
from rejoinder.channels.contract import Receipt, TroubleError
from rejoinder.plumbing import clock
from rejoinder.plumbing.answer import Answer
from tests.channels.bluesky.stage import FakeStage, Running
from tests.contract.stage import Call, Trouble, answers, unreachable


@pytest.fixture
def stage() -> FakeStage:
    return Running().stage()


class Counter:
    """Counts the calls that pass."""

    def __init__(self, stage: FakeStage) -> None:
        self.calls = 0
        stage.line.on_read(*[self._count] * 1000)

    def _count(self, call: Call) -> Answer:
        self.calls += 1
        return call()


def test_a_quiet_poll_costs_five_requests_and_one_more_now_and_then(stage: FakeStage) -> None:
    stage.opens()
    stage.hears(*[stage.says("tom", f"question {n}") for n in range(60)])
    counter = Counter(stage)
    for _ in range(listening.OWN):
        stage.listens()
    # Notifications, one search, two looks at what was heard, messages; and once our own posts.
    assert counter.calls == 5 * listening.OWN + 1


def test_many_words_take_turns(stage: FakeStage) -> None:
    words = [f"word{n}." for n in range(10)]
    stage.channel.connection.settings["watch"] = ", ".join(words)
    for _ in range(4):
        stage.listens()
    assert set(stage.cursor["watched"]) == set(words)
    for word in words:
        stage.word = word
        stage.hears(stage.says("tina", "again", tag=False))


def test_a_word_that_is_no_longer_watched_is_forgotten(stage: FakeStage) -> None:
    stage.opens()
    stage.channel.connection.settings["watch"] = "other"
    stage.listens()
    assert list(stage.cursor["watched"]) == ["other"]


def test_a_mention_that_a_search_finds_too_is_heard_once(stage: FakeStage) -> None:
    stage.opens()
    stage.hears(stage.says("tom", f"{stage.word} is down"))
    stage.listens()
    [post] = stage.posts_heard
    assert post.tagged


def test_our_own_posts_are_heard_once_by_whatever_client_they_came(stage: FakeStage) -> None:
    post = stage.is_asked()
    _, _, sent = stage.answers(post, f"{stage.word} is back.")
    assert isinstance(sent, Receipt)
    record = {"text": "From the app.", "createdAt": clock.now().isoformat()}
    elsewhere = stage.bluesky.say(stage.did, record)
    stage.posts_heard.clear()
    for _ in range(3 * listening.OWN):
        stage.listens()
    assert sorted(own.external_id for own in stage.posts_heard) == sorted(
        [sent.external_id, elsewhere]
    )
    assert all(own.ours for own in stage.posts_heard)


def test_our_own_posts_do_not_push_others_out_of_those_that_are_looked_at_again(
    stage: FakeStage,
) -> None:
    post = stage.is_asked()
    for number in range(5):
        stage.answers(post, f"Answer {number}.", number)
    for _ in range(listening.OWN + 1):
        stage.listens()
    assert [uri for uri, _ in stage.cursor["recent"]] == [post.external_id]


@pytest.mark.parametrize("trouble", [answers(502), unreachable])
def test_when_search_fails_mentions_are_heard_and_then_it_is_said(
    stage: FakeStage, trouble: Trouble
) -> None:
    stage.opens()
    said = stage.says("tom", "hello")
    untagged = stage.says("tina", "is it down", tag=False)
    stage.line.on_read(lambda call: call(), trouble)  # notifications pass, the search fails
    assert [post.external_id for post in stage.listens()] == [said]
    stage.line.on_read(lambda call: call(), lambda call: call(), trouble)
    with pytest.raises(TroubleError):
        stage.listens()
    stage.hears(untagged)


def test_a_server_that_knows_none_of_many_is_not_believed(stage: FakeStage) -> None:
    stage.opens()
    said = [stage.says("tom", f"question {n}") for n in range(6)]
    stage.hears(*said)
    stage.line.on_read(answers(200, b'{"posts": []}'))
    assert stage.listens() == []
    stage.deletes(said[0])
    stage.hears(said[0], kind="delete")


def test_a_deletion_far_back_is_found_when_its_turn_comes(stage: FakeStage) -> None:
    stage.opens()
    said = [stage.says("tom", f"question {n}") for n in range(200)]
    stage.hears(*said)
    stage.deletes(said[3])
    for _ in range(200 // listening.LOOK_AGAIN + 1):
        stage.listens()
    assert [post.external_id for post in stage.posts_heard if post.kind == "delete"] == [said[3]]


def test_the_cursor_stays_small(stage: FakeStage) -> None:
    stage.opens()
    for _ in range(8):
        stage.hears(*[stage.says("tom", f"question {n}") for n in range(250)])
    assert len(stage.cursor["recent"]) == listening.RECENT
    assert len(json.dumps(stage.cursor)) < 70_000
