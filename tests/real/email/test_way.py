"""Tom writes to our address; the desk hears him, Alice answers once, in his thread."""

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Timer

import pytest

from rejoinder.channels import actions as channels
from rejoinder.channels.contract import TroubleError
from rejoinder.channels.email import channel
from rejoinder.channels.models import Account
from rejoinder.desk import actions as desk
from rejoinder.listening.hear import returned
from rejoinder.listening.hear.listen import run_once
from rejoinder.listening.intake import triage
from rejoinder.listening.models import Conversation, Mention
from rejoinder.outbox.actions import settle, undo_hold
from rejoinder.outbox.models import Reply, State
from rejoinder.outbox.reconcile import reconcile
from rejoinder.outbox.returned import came_back
from rejoinder.outbox.send import Sender
from rejoinder.plumbing import clock, smtp
from rejoinder.plumbing.answer import Answer, NoAnswerError
from rejoinder.plumbing.log import FileLog
from tests import people
from tests.channels.email.fake import letter
from tests.channels.email.test_reading import BOUNCE
from tests.real.email.server import PASSWORD, US, Servers
from tests.real.email.stage import RealStage

pytestmark = [pytest.mark.real, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def log(tmp_path: Path) -> Iterator[FileLog]:
    kept = FileLog(tmp_path / "intake.sqlite3")
    yield kept
    kept.close()


@pytest.fixture
def account(running: Servers, log: FileLog) -> Account:
    values = running.settings() | {"password": PASSWORD}
    found = channels.connect("email", values, witness=lambda _: None)
    run_once(log)
    returned.follow(came_back)
    return found


def heard(log: FileLog) -> None:
    run_once(log)
    while triage.run_once(log):
        pass


def asked(running: Servers, log: FileLog, own: str = "q1@example.com") -> Conversation:
    running.delivers(letter("No signal since nine.", own=own, Subject="No signal"))
    heard(log)
    return Conversation.objects.select_related("person").latest("id")


def answered(talk: Conversation, words: str = "It is back at noon.") -> Reply:
    desk.take(talk, people.alice())
    reply = desk.answer(talk, people.alice(), words)
    with clock.standing(clock.now() + undo_hold()):
        Sender().run_once()
    reply.refresh_from_db()
    return reply


def test_a_letter_is_a_mention_and_the_answer_stands_in_its_thread(
    account: Account, running: Servers, log: FileLog
) -> None:
    talk = asked(running, log)
    assert talk.person.name == "Tom"
    assert "tom@example.com" not in str(list(Mention.objects.values())) + str(vars(talk.person))
    reply = answered(talk)
    assert reply.state == State.SENT
    [sent] = running.keeper.sent
    assert (sent["To"], sent["From"], sent["Subject"]) == ("tom@example.com", US, "Re: No signal")
    assert sent["In-Reply-To"] == "<q1@example.com>"
    assert sent["Message-ID"] == f"<{reply.key}>"
    again = letter("Still none", own="q2@example.com", to=reply.key, root="q1@example.com")
    running.delivers(again)
    heard(log)
    talk.refresh_from_db()
    assert talk.waiting_since is not None
    assert talk.reopened
    assert Conversation.objects.count() == 1


def test_an_out_of_office_notice_opens_nothing(
    account: Account, running: Servers, log: FileLog
) -> None:
    talk = asked(running, log)
    reply = answered(talk)
    away = letter(
        "Away until Monday",
        own="a@x",
        to=reply.key,
        root="q1@example.com",
        Auto_Submitted="auto-replied",
    )
    running.delivers(away)
    heard(log)
    talk.refresh_from_db()
    assert talk.waiting_since is None
    assert Mention.objects.filter(text__contains="Away").exists()


def test_a_bounce_is_written_on_the_reply_and_the_conversation_waits(
    account: Account, running: Servers, log: FileLog
) -> None:
    talk = asked(running, log)
    reply = answered(talk)
    bounce = BOUNCE.replace(b"18e.1@desk.rejoinder.invalid", reply.key.encode())
    running.delivers(bounce)
    heard(log)
    heard(log)
    reply.refresh_from_db()
    talk.refresh_from_db()
    assert "550 5.1.1" in reply.words
    assert talk.waiting_since is not None


@pytest.mark.parametrize(
    ("says", "state"),
    [("550 no", State.REFUSED), ("451 later", State.QUEUED), ("421 closing", State.QUEUED)],
)
def test_what_the_server_says_decides(
    account: Account, running: Servers, log: FileLog, says: str, state: State
) -> None:
    running.keeper.says.append(says)
    assert answered(asked(running, log)).state == state
    assert running.keeper.sent == []


def test_a_send_in_doubt_is_left_to_the_advisor(
    account: Account, running: Servers, log: FileLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = smtp.deliver

    def lost(*given: object) -> Answer:
        real(*given)  # type: ignore[arg-type]  # as it was called
        raise NoAnswerError("The server ended the connection.", may_have_arrived=True)

    monkeypatch.setattr(smtp, "deliver", lost)
    reply = answered(asked(running, log))
    assert reply.state == State.UNCERTAIN
    monkeypatch.undo()
    with clock.standing(clock.now()):
        for _ in range(3):
            clock.turn(timedelta(minutes=10))
            assert reconcile() == 0
            assert Sender().run_once() == 0
    assert len(running.keeper.sent) == 1
    settle(reply, people.alice(), arrived=True)
    reply.refresh_from_db()
    assert reply.state == State.SENT


def test_news_are_told_at_once_where_the_server_pushes_them(
    running: Servers, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = RealStage(running)
    stage.opens()
    monkeypatch.setattr(channel, "patience", 20.0)
    Timer(0.5, lambda: stage.says("tom", "now")).start()
    begun = time.monotonic()
    posts = stage.listens() or stage.listens()
    assert [post.text for post in posts] == ["now"]
    assert time.monotonic() - begun < 5


def test_a_wrong_password_is_said_with_a_remedy(running: Servers) -> None:
    values = running.settings() | {"password": "wrong"}
    with pytest.raises(TroubleError, match="password") as caught:
        channels.connect("email", values, witness=lambda _: None)
    assert caught.value.permanent


def test_fifty_megabytes_are_read_so_far(running: Servers) -> None:
    stage = RealStage(running)
    stage.opens()
    large = letter("begins here\n" + ("x" * 998 + "\n") * 50_000, own="big@x")
    running.delivers(large, stage.us)
    [post] = stage.hears("big@x", within=60)
    assert "larger than the desk takes" in post.text
    assert len(post.text) < 11_000_000
