"""Tokens expire, are renewed and kept; what cannot be opened is said in words."""

import pytest

from rejoinder.channels.bluesky import channel
from rejoinder.channels.bluesky.session import wait
from rejoinder.channels.contract import Connection, Receipt, TroubleError, TryLater
from rejoinder.plumbing import clock
from rejoinder.plumbing.answer import Answer
from tests.channels.bluesky.stage import FakeStage, Running
from tests.contract.stage import Call, Trouble, answers, garbage, unreachable


@pytest.fixture
def stage() -> FakeStage:
    return Running().stage()


def test_a_token_that_expires_in_the_middle_of_a_send_is_renewed(stage: FakeStage) -> None:
    post = stage.is_asked()
    access = dict(stage.bluesky.tokens)
    stage.line.on_send(answers(400, b'{"error":"ExpiredToken","message":"Token has expired"}'))
    _, _, sent = stage.answers(post, "Only once.")
    assert isinstance(sent, Receipt)
    assert len(stage.ours(post.external_id)) == 1
    assert stage.bluesky.signed_in == 1
    assert len(stage.bluesky.tokens) == len(access) + 2


def test_when_the_renewal_expired_too_the_password_opens(stage: FakeStage) -> None:
    post = stage.is_asked()
    stage.bluesky.expire()
    _, _, sent = stage.answers(post, "Still here.")
    assert isinstance(sent, Receipt)
    assert stage.bluesky.signed_in == 2


def test_a_password_that_was_taken_back_holds_the_reply(stage: FakeStage) -> None:
    post = stage.is_asked()
    stage.bluesky.expire()
    stage.bluesky.people[stage.did] = "renamed.example.com"
    _, _, sent = stage.answers(post, "Hello?")
    assert isinstance(sent, TryLater)
    assert "app password" in sent.words
    assert not sent.limited


def test_a_wrong_password_is_for_good_and_says_what_to_do() -> None:
    running = Running()
    running.bluesky.sign_up("desk.example.com")
    connection = Connection(
        settings={"handle": "@desk.example.com", "service": "https://bluesky.example.com"},
        secrets={"password": "wrong"},
    )
    with pytest.raises(TroubleError, match="Make a new app password") as caught:
        channel(connection, running.bluesky).identify()
    assert caught.value.permanent


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (answers(429, retry_after="12"), "slow down"),
        (answers(301), "has moved"),
        (answers(503, b'{"message":"Upstream down"}'), "answered 503: Upstream down."),
        (unreachable, "cannot be reached"),
        (garbage, "cannot be read"),
    ],
)
def test_trouble_is_put_into_words(stage: FakeStage, trouble: Trouble, words: str) -> None:
    stage.line.on_read(trouble)
    with pytest.raises(TroubleError, match=words):
        stage.channel.identify()


def test_the_wait_is_what_the_server_says() -> None:
    now = clock.now().timestamp()
    assert wait(Answer(429, {"retry-after": "12"}, b"")) == 12
    assert wait(Answer(429, {"ratelimit-reset": str(int(now + 100))}, b"")) == pytest.approx(
        100, abs=2
    )
    assert wait(Answer(429, {"ratelimit-reset": "1"}, b"")) == 1
    assert wait(Answer(429, {"retry-after": "soon"}, b"")) == 60


@pytest.mark.parametrize("typed", ["bluesky.example.com", "https://bluesky.example.com/"])
def test_a_service_may_be_typed_as_people_do(stage: FakeStage, typed: str) -> None:
    called: list[str] = []
    stage.channel.connection.settings.update(service=typed, messages="")

    class Notes:
        def call(self, method: str, url: str, **more: object) -> Answer:
            called.append(url)
            return Answer(200, {}, b'{"did":"did:plc:us","handle":"us"}')

    kind = type(stage.channel)
    kind(stage.channel.connection, Notes()).identify()
    assert called[0].startswith("https://bluesky.example.com/xrpc/com.atproto.")


def test_a_handle_that_cannot_be_looked_up_now_holds_the_reply(stage: FakeStage) -> None:
    post = stage.is_asked()
    stage.line.on_read(answers(502))
    _, _, sent = stage.answers(post, "Ask @tina.example.com about it")
    assert isinstance(sent, TryLater)
    assert stage.ours(post.external_id) == []


def test_what_the_server_tells_of_its_limits_comes_with_the_receipt(stage: FakeStage) -> None:
    post = stage.is_asked()

    def counted(call: Call) -> Answer:
        header = {
            "ratelimit-limit": "5000",
            "ratelimit-remaining": "12",
            "ratelimit-reset": "1772445600",
            "ratelimit-policy": "5000;w=3600",
        }
        answer = call()
        return Answer(answer.status, header, answer.body)

    stage.line.on_send(counted)
    _, _, sent = stage.answers(post, "Hello.")
    assert isinstance(sent, Receipt)
    [told] = sent.observed
    assert (told.window, told.limit, told.remaining) == (3600, 5000, 12)
