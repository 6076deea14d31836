"""What a server of the fediverse keeps beside the contract: how open, below which warning."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from rejoinder.channels.contract import Receipt, Refused, TroubleError, TryLater
from rejoinder.channels.mastodon import server
from rejoinder.plumbing import clock
from rejoinder.plumbing.answer import Answer
from tests.channels.mastodon.stage import MastodonStage, Running, far_end
from tests.contract.stage import answers


@pytest.fixture(scope="module")
def running() -> Iterator[Running]:
    with far_end() as found:
        yield found


@pytest.fixture
def stage(running: Running) -> MastodonStage:
    return running.stage()


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("public", "public"),
        ("unlisted", "unlisted"),
        ("private", "direct"),
        ("direct", "direct"),
    ],
)
def test_an_answer_is_as_open_as_what_it_answers_and_no_more(
    stage: MastodonStage, theirs: str, ours: str
) -> None:
    stage.opens()
    [post] = stage.hears(stage.says("tom", "no signal", visibility=theirs))
    _, _, sent = stage.answers(post, "It is back.")
    assert isinstance(sent, Receipt)
    assert [row["visibility"] for row in stage.said()] == [ours]


def test_an_answer_stands_below_their_warning(stage: MastodonStage) -> None:
    stage.opens()
    [post] = stage.hears(stage.says("tom", "I am in hospital", warning="illness"))
    assert post.text.startswith("[illness]")
    stage.answers(post, "We are sorry to hear that.")
    assert [row["warning"] for row in stage.said()] == ["illness"]


def test_who_is_answered_is_named_so_that_they_hear_of_it(stage: MastodonStage) -> None:
    post = stage.is_asked()
    stage.answers(post, "It is back.", 1)
    stage.answers(post, f"@{post.handle}: it is back.", 2)
    first, second = (row["text"] for row in stage.said())
    assert first == f"@{post.handle} It is back."
    assert second == f"@{post.handle}: it is back."


def test_a_hashtag_is_heard_and_who_asked_not_to_be_read_is_not(stage: MastodonStage) -> None:
    painter = f"painter@people{stage.number}.example"
    stage.server.control("person", acct=painter, note="I paint. #nobot")
    stage.opens()
    tag = f"#brandtag{stage.number}"
    said = stage.server.control("say", by=stage.handle_of("tina"), text=f"down again {tag}")
    stage.server.control("say", by=painter, text=f"the mast at dusk {tag} {stage.word}")
    [post] = stage.hears(said["uri"])
    assert not post.tagged
    for _ in range(6):
        stage.listens()
    assert [each.external_id for each in stage.posts_heard] == [said["uri"]]


def test_the_limit_on_posts_is_learned_from_the_headers(stage: MastodonStage) -> None:
    _, _, sent = stage.answers(stage.is_asked(), "It is back.")
    assert isinstance(sent, Receipt)
    ahead = timedelta(minutes=6)
    # In the last minutes before a window of three hours ends, nobody can say which limit is meant.
    if clock.now().timestamp() % 10_800 < 10_800 - ahead.total_seconds():
        [told] = sent.observed
        assert (told.name, told.limit, told.remaining) == ("posts", 300, 299)


def test_what_is_told_of_calls_is_not_taken_for_posts() -> None:
    soon = (clock.now() + timedelta(minutes=4)).isoformat()
    header = {"x-ratelimit-limit": "300", "x-ratelimit-remaining": "3", "x-ratelimit-reset": soon}
    assert server.observed(Answer(200, header, b"")) == ()
    assert server.observed(Answer(200, header | {"x-ratelimit-reset": "x"}, b"")) == ()


def test_when_posts_are_used_up_the_reset_says_when(stage: MastodonStage) -> None:
    post = stage.is_asked()
    stage.server.control("limit", posts=0)
    try:
        _, _, sent = stage.answers(post, "Soon.")
    finally:
        stage.server.control("limit", posts=300)
    assert isinstance(sent, TryLater)
    assert sent.limited
    assert 1 <= sent.after <= 3 * 3600


def test_a_question_that_is_gone_is_not_answered(stage: MastodonStage) -> None:
    post = stage.is_asked()
    stage.deletes(post.external_id)
    _, _, sent = stage.answers(post, "It is back.")
    assert isinstance(sent, Refused)
    assert "does not appear to exist" in sent.words


def test_what_another_client_posted_on_our_account_is_heard_as_ours(stage: MastodonStage) -> None:
    stage.opens()
    said = stage.server.control("say", by=stage.brand, text="From the app.")
    [post] = stage.hears(said["uri"])
    assert post.ours


def test_the_doctor_shows_the_rules_of_the_server(stage: MastodonStage) -> None:
    _, rules = stage.channel.check()
    assert "No advertising in other people's threads." in rules.words


def test_a_refused_token_says_what_to_do(stage: MastodonStage) -> None:
    stage.line.on_read(answers(401, b'{"error":"The access token was revoked"}'))
    with pytest.raises(TroubleError, match=r"revoked\. Connect the account again") as caught:
        stage.channel.identify()
    assert caught.value.permanent


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("social.example", "https://social.example"),
        (" https://Social.Example/@brand ", "https://social.example"),
        ("@brand@social.example", "https://social.example"),
        ("http://127.0.0.1:8000/", "http://127.0.0.1:8000"),
    ],
)
def test_people_type_the_server_as_they_know_it(typed: str, meant: str) -> None:
    assert server.address(typed) == meant
