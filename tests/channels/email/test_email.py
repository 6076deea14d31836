"""A mailbox that is heard on, its replies, and what a server says to them."""

from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.channels import mailing
from rejoinder.channels.contract import (
    Connection,
    Outgoing,
    Receipt,
    Refused,
    TroubleError,
    TryLater,
    Uncertain,
)
from rejoinder.channels.email import channel, email, reading, writing
from rejoinder.channels.email.mailbox import place
from rejoinder.plumbing import smtp
from rejoinder.plumbing.answer import Answer, NoAnswerError
from tests.channels.email.fake import letter
from tests.channels.email.stage import FakeStage
from tests.channels.email.test_reading import BOUNCE
from tests.scene import _NoHttp

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def reply(text: str = "It is back.", **values: object) -> Outgoing:
    usual: dict[str, object] = {
        "text": text,
        "to": "a@x",
        "root": "a@x",
        "contact": "tom@example.com",
        "ref": {"subject": "No signal", "references": ["a@x"]},
        "created_at": AT,
    }
    return Outgoing(**(usual | values))  # type: ignore[arg-type]  # the fields of the struct


def test_a_reply_stands_in_their_thread_under_our_name_for_it() -> None:
    message = writing.reply(reply(root="r@x"), "key@desk.invalid", "help@northwind.example")
    assert message["Message-ID"] == "<key@desk.invalid>"
    assert message["In-Reply-To"] == "<a@x>"
    assert message["References"] == "<r@x> <a@x>"
    assert message["Subject"] == "Re: No signal"
    assert message["To"] == "tom@example.com"


@given(st.text(max_size=100))
def test_nothing_in_their_message_becomes_a_header(text: str) -> None:
    hostile = f"{text}\r\nBcc: all@example.com\r\n\r\nbody"
    ref = {"subject": hostile, "references": [hostile]}
    message = writing.reply(reply(ref=ref, to="a@x\r\nBcc: b@x"), "key@d", "help@northwind.example")
    raw = message.as_bytes().partition(b"\r\n\r\n")[0]
    assert not any(line.lower().startswith(b"bcc") for line in raw.split(b"\r\n"))


def test_what_no_person_wrote_says_so_and_is_known_as_that_by_another_desk() -> None:
    for automatic in (True, False):
        values = reply(root="r@x", automatic=automatic)
        message = writing.reply(values, "key@d.invalid", "help@northwind.example")
        assert message["Auto-Submitted"] == ("auto-replied" if automatic else None)
        assert reading.is_automatic(message, "help@northwind.example") is automatic


@pytest.mark.parametrize("to", ["", "nobody", "a@b\r\nBcc: c@d", "a b@c", "\ud800@x"])
def test_an_address_that_is_none_is_refused(to: str) -> None:
    stage = FakeStage()
    assert isinstance(stage.channel.send(reply(contact=to), "k@x"), Refused)
    assert stage.inbox.sent == []


@pytest.mark.parametrize(
    ("code", "step", "end"),
    [
        (250, "data", Receipt),
        (421, "data", TryLater),
        (452, "recipient", TryLater),
        (550, "recipient", Refused),
        (554, "data", Refused),
        (535, "open", TryLater),
        (-1, "data", Uncertain),
        (354, "data", Uncertain),
    ],
)
def test_what_a_code_means(code: int, step: str, end: type) -> None:
    assert isinstance(mailing.outcome(Answer(code, {smtp.STEP: step}, b"words"), "k@x"), end)


@pytest.mark.parametrize(("arrived", "end"), [(True, Uncertain), (False, TryLater)])
def test_a_lost_answer_is_tried_again_only_when_nothing_left(
    monkeypatch: pytest.MonkeyPatch, *, arrived: bool, end: type
) -> None:
    def lost(*_: object) -> Answer:
        raise NoAnswerError("gone", may_have_arrived=arrived)

    monkeypatch.setattr(smtp, "deliver", lost)
    message = EmailMessage(policy=policy.SMTP)
    assert isinstance(mailing.hand_in(smtp.Server("smtp", "h", 25), "a@b", "c@d", message), end)


def test_a_bounce_comes_back_and_is_no_mention() -> None:
    stage = FakeStage()
    stage.opens()
    stage.inbox.put(BOUNCE)
    heard = stage.channel.listen(stage.cursor)
    assert list(heard.posts) == []
    assert [each.external_id for each in heard.returned] == ["18e.1@desk.rejoinder.invalid"]


def test_a_mailbox_that_is_numbered_anew_loses_nothing() -> None:
    stage = FakeStage()
    stage.opens()
    first = stage.says("tom", "one")
    stage.hears(first)
    stage.inbox.validity = 2
    second = stage.says("tom", "two")
    stage.hears(second)


def test_a_large_message_is_fetched_so_far(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LARGEST", 500)
    stage = FakeStage()
    stage.opens()
    stage.inbox.put(letter("x" * 2000, own="big@x").as_bytes())
    [post] = stage.hears("big@x")
    assert "larger than the desk takes" in post.text
    assert len(post.text) < 700


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "10.0.0.7", "[::1]"])
def test_a_server_on_a_private_network_is_not_called(host: str) -> None:
    settings = {"address": "a@b.example", "imap": f"imap://{host}:143", "smtp": f"smtp://{host}"}
    opened = channel(Connection(settings=settings, secrets={"password": "x"}), _NoHttp())
    with pytest.raises(TroubleError, match="private network"):
        opened.listen({})
    sent = opened.send(reply(), "k@x")
    assert isinstance(sent, TryLater)
    assert "private network" in sent.words


@pytest.mark.parametrize(
    ("typed", "scheme", "port"),
    [
        ("imap.example.com", "imaps", 993),
        ("imap.example.com:1993", "imaps", 1993),
        ("imap://imap.example.com", "imap", 143),
    ],
)
def test_servers_are_named_as_people_name_them(typed: str, scheme: str, port: int) -> None:
    found = place(typed, "u", "p")
    assert (found.scheme, found.host, found.port) == (scheme, "imap.example.com", port)


def test_keys_tell_nothing_of_the_house() -> None:
    assert "localhost" not in channel.new_key(AT, 7)
    assert email.Email.new_key(AT, 7) == email.Email.new_key(AT, 7)
