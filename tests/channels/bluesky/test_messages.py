"""Private messages of Bluesky: heard, answered in their conversation, never seen by more."""

from typing import Any

import pytest

from rejoinder.channels.bluesky import channel
from rejoinder.channels.contract import PRIVATE, Http, Receipt, Refused, TroubleError, TryLater
from rejoinder.plumbing.answer import Answer
from tests.channels.bluesky.stage import FAMILY, FakeStage, Running
from tests.contract.stage import answers, lost, same


@pytest.fixture
def stage() -> FakeStage:
    return Running().stage()


def test_what_was_written_before_we_listened_is_the_past(stage: FakeStage) -> None:
    stage.whispers("tom", "years ago")
    stage.opens()
    new = stage.whispers("tom", "now")
    stage.hears(new)
    assert [post.text for post in stage.posts_heard] == ["now"]


def test_a_message_stands_in_its_conversation_with_who_wrote_it(stage: FakeStage) -> None:
    stage.opens()
    first, second = stage.whispers("tom", "my account"), stage.whispers("tom", "hello?")
    heard = stage.hears(first, second)
    assert {post.root for post in heard} == {first.rpartition("/")[0]}
    assert {post.handle for post in heard} == {"tom.example.com"}
    assert not any(post.public or post.ours for post in heard)


def test_what_we_write_in_the_app_is_heard_as_ours(stage: FakeStage) -> None:
    stage.opens()
    asked = stage.whispers("tom", "my account")
    tom = stage.bluesky.sign_up("tom.example.com")
    said = stage.bluesky.chat.writes(stage.did, tom, "open again", below=asked.rpartition("/")[2])
    [ours] = stage.hears(said)
    assert ours.ours
    assert ours.in_reply_to == asked


def test_many_are_heard_in_their_order_over_several_pages(stage: FakeStage) -> None:
    stage.opens()
    written = [stage.whispers("tom", f"message {n}") for n in range(320)]
    stage.hears(*written)
    assert [post.external_id for post in stage.posts_heard] == written


def test_a_message_taken_back_is_taken_back_here(stage: FakeStage) -> None:
    stage.opens()
    asked = stage.whispers("tom", "my password is made up")
    stage.hears(asked)
    stage.bluesky.chat.takes_back(asked)
    [gone] = stage.hears(asked, kind="delete")
    assert gone.text == ""


def test_answering_lets_them_in_and_stands_below_theirs(stage: FakeStage) -> None:
    stage.opens()
    [post] = stage.hears(stage.whispers("tom", "my account"))
    stage.answers(post, "It is open again.", private=True)
    assert (stage.did, post.ref["convo"]) in stage.bluesky.chat.accepted
    [kept] = stage.bluesky.chat.messages[post.ref["convo"]][1:]
    assert kept["replyTo"]["id"] == post.ref["message"]


def test_an_answer_to_what_they_took_back_still_reaches_them(stage: FakeStage) -> None:
    stage.opens()
    [post] = stage.hears(stage.whispers("tom", "my account"))
    stage.bluesky.chat.takes_back(post.external_id)
    _, _, sent = stage.answers(post, "It is open again.", private=True)
    assert isinstance(sent, Receipt)


def test_who_takes_no_messages_is_not_written_to(stage: FakeStage) -> None:
    post = stage.is_asked("which number is on my account")
    stage.bluesky.chat.closed.add(post.author_id)
    outgoing, key, sent = stage.answers(post, "It ends with 900.", private=True)
    assert sent == Refused("recipient has disabled incoming messages.")
    assert stage.channel.find_sent(outgoing, key) is None


def test_a_public_post_goes_with_its_private_answer(stage: FakeStage) -> None:
    post = stage.is_asked("which number is on my account")
    stage.answers(post, "It ends with 900.", private=True)
    assert [kept.private for kept in stage.ours(post.external_id)] == [True]


def test_the_same_words_said_to_another_question_are_another_message(stage: FakeStage) -> None:
    stage.opens()
    first, second = stage.hears(stage.whispers("tom", "one"), stage.whispers("tom", "two"))
    outgoing, key, sent = stage.answers(first, "Yes.", private=True)
    other, other_key, _ = stage.answers(second, "Yes.", 2, private=True)
    assert same(stage.channel.find_sent(outgoing, key), sent)
    found = stage.channel.find_sent(other, other_key)
    assert found is not None
    assert not same(found, sent)


def test_a_lost_answer_is_found_and_slow_down_is_obeyed(stage: FakeStage) -> None:
    stage.opens()
    [post] = stage.hears(stage.whispers("tom", "my account"))
    stage.line.on_send(answers(429, b'{"error":"RateLimitExceeded"}', retry_after="40"))
    _, _, later = stage.answers(post, "Open.", private=True)
    assert isinstance(later, TryLater)
    assert (later.after, later.limited) == (40, True)
    stage.line.on_send(lost)
    outgoing, key, _ = stage.answers(post, "Open.", private=True)
    assert stage.channel.find_sent(outgoing, key) is not None


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("x" * 1000, True),
        ("x" * 1001, False),
        (FAMILY * 400, True),
        (FAMILY * 400 + "x", False),
    ],
)
def test_a_message_may_be_longer_than_a_post(stage: FakeStage, text: str, fits: bool) -> None:
    stage.opens()
    [post] = stage.hears(stage.whispers("tom", "my account"))
    assert channel.count_for(text, {}, ref=post.ref).ok == fits
    _, _, sent = stage.answers(post, text, private=True)
    assert isinstance(sent, Receipt if fits else Refused)


def test_a_message_costs_no_points() -> None:
    assert {limit.costs[PRIVATE] for limit in channel.limits()} == {0}


def test_nobody_takes_a_message_back_from_its_reader(stage: FakeStage) -> None:
    stage.opens()
    [post] = stage.hears(stage.whispers("tom", "my account"))
    outgoing, _, sent = stage.answers(post, "Open.", private=True)
    assert isinstance(sent, Receipt)
    assert isinstance(stage.channel.delete(stage.as_it_stands(outgoing, sent)), Refused)


def test_an_app_password_without_messages_says_so_when_it_is_connected(stage: FakeStage) -> None:
    stage.opens()
    stage.bluesky.public_only.add(stage.did)
    renewed = stage.bluesky.signed_in
    with pytest.raises(TroubleError, match="does not open private messages") as told:
        stage.channel.identify()
    assert told.value.permanent
    [finding] = stage.channel.check()
    assert not finding.ok
    # What is public is heard all the same, and nobody signs in again and again for it.
    stage.hears(stage.says("tom", "no signal"))
    assert stage.bluesky.signed_in == renewed


def test_a_service_that_is_down_costs_nothing_of_what_is_public(stage: FakeStage) -> None:
    stage.opens()
    asked = stage.whispers("tom", "my account")
    stage.line._inner = _NoChat(stage.bluesky)
    public = stage.says("tom", "no signal")
    stage.hears(public)
    stage.line._inner = stage.bluesky
    stage.hears(asked)


def test_without_a_yes_nothing_private_is_asked(stage: FakeStage) -> None:
    stage.channel.connection.settings["messages"] = ""
    stage.bluesky.chat.answered.clear()
    stage.opens()
    stage.whispers("tom", "my account")
    stage.hears(stage.says("tom", "no signal"))
    assert [name for name, _ in stage.bluesky.chat.answered] == []


class _NoChat:
    """Every server answers but the one of the messages."""

    def __init__(self, inner: Http) -> None:
        self._inner = inner

    def call(self, method: str, url: str, **more: Any) -> Answer:
        if "chat.bsky" in url:
            return Answer(502, {}, b'{"error":"UpstreamFailure","message":"down"}')
        return self._inner.call(method, url, **more)
