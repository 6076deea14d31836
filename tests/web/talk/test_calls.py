"""Granny Smith calls: written down with two keys, one queue, called back in the promised slot."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.channels import actions as channels
from rejoinder.channels.contract import TroubleError
from rejoinder.channels.models import Account
from rejoinder.desk import actions as desk
from rejoinder.desk import callbacks
from rejoinder.desk.models import Callback
from rejoinder.desk.refusals import CannotError
from rejoinder.listening.hear import hand_in
from rejoinder.listening.intake import triage
from rejoinder.listening.models import Conversation, Mention, Need
from rejoinder.outbox.actions import undo_hold
from rejoinder.outbox.send import Sender
from rejoinder.plumbing import clock
from rejoinder.plumbing.log import FileLog, LogError
from tests import people
from tests.web import stage
from tests.web.pages import notices, text

pytestmark = pytest.mark.django_db(transaction=True)

NUMBER = "01632 960123"


@pytest.fixture(autouse=True)
def log(tmp_path: Path, monday: datetime, monkeypatch: pytest.MonkeyPatch) -> Iterator[FileLog]:
    kept = FileLog(tmp_path / "intake.sqlite3")
    monkeypatch.setattr(hand_in, "log", lambda: kept)
    yield kept
    kept.close()


@pytest.fixture
def account() -> Account:
    return connected()


def connected(**values: str) -> Account:
    usual = {"number": "01632 960000", "hours": "mon-fri 11:00-13:00 14:00-16:00", "calls": "1"}
    return channels.connect("phone", usual | values, witness=lambda _: None)


def calls(client: Client, **values: str) -> Any:
    told = {
        "kind": "call",
        "text": "The line has crackled since Sunday",
        "name": "Granny Smith",
        "contact": NUMBER,
        "consent": "on",
    }
    return client.post("/calls/new", told | values)


def triaged(log: FileLog) -> Conversation:
    while triage.run_once(log):
        pass
    return Conversation.objects.select_related("person").latest("id")


def slot() -> str:
    return callbacks.offered()[0][0].isoformat()


def test_whoever_opens_the_channel_keeps_it_up(alice: Client) -> None:
    answer = alice.get("/calls/new", follow=True)
    assert "Connect Phone first" in notices(answer)
    with pytest.raises(TroubleError, match="cannot be read"):
        connected(hours="at night")


def test_the_whole_way_of_a_call(account: Account, alice: Client, log: FileLog) -> None:
    for number in range(2):
        stage.says(f"Tom {number}", "no signal", minutes_ago=40, need=Need.SPECIFIC)
    kept = calls(alice, slot=slot())
    assert kept.status_code == 302
    assert "being sorted" in text(alice.get(kept.headers["Location"]))
    talk = triaged(log)
    Conversation.objects.filter(pk=talk.pk).update(need=Need.SPECIFIC)
    told = text(alice.get(kept.headers["Location"]))
    assert "2 people are before you." in told
    assert "A call is promised: Monday 2 March, 11:00 to 13:00." in told
    row = text(alice.get("/"))
    assert "Granny Smith" in row
    assert "Call back Monday 2 March, 11:00 to 13:00" in row
    assert NUMBER not in row

    desk.take(talk, people.alice())
    page = text(alice.get(reverse("conversation", args=[talk.public_id])))
    assert "How to reach them" in page
    asked = {"kind": "phone", "purpose": "callback", "why": "as promised"}
    shown = alice.post(reverse("reach", args=[talk.public_id]), asked)
    assert NUMBER in text(shown)
    assert "no-store" in shown.headers["Cache-Control"]

    reply = desk.answer(talk, people.alice(), "Called back: an engineer comes on Tuesday.")
    with clock.standing(clock.now() + undo_hold()):
        assert Sender().run_once() == 1
    reply.refresh_from_db()
    assert reply.state == "sent"
    assert Callback.objects.get().kept_at is not None
    talk.refresh_from_db()
    assert talk.waiting_since is None


def test_the_number_stands_in_no_row(account: Account, alice: Client, log: FileLog) -> None:
    calls(alice)
    talk = triaged(log)
    rows = str(list(Mention.objects.values())) + str(talk.person.__dict__)
    assert "960123" not in rows
    assert "01632" not in rows


def test_without_a_yes_no_number_is_kept(account: Account, alice: Client, log: FileLog) -> None:
    calls(alice, consent="")
    talk = triaged(log)
    asked = {"kind": "phone", "purpose": "callback", "why": "to call"}
    assert alice.post(reverse("reach", args=[talk.public_id]), asked).status_code == 404
    assert calls(alice, consent="", slot=slot()).status_code == 422


def test_who_calls_again_is_known_again(account: Account, alice: Client, log: FileLog) -> None:
    calls(alice)
    first = triaged(log)
    calls(alice, contact="+44 1632 960123", text="It is I again")
    assert triaged(log).person_id == first.person_id
    assert Conversation.objects.count() == 2


@pytest.mark.parametrize("kind", ["letter", "visit"])
def test_letters_and_visits_come_the_same_way(
    account: Account, alice: Client, log: FileLog, kind: str
) -> None:
    calls(alice, kind=kind, contact="1 Mill Lane, ZZ9 9ZZ")
    talk = triaged(log)
    mention = Mention.objects.get()
    assert mention.ref["kind"] == kind
    page = text(alice.get(reverse("conversation", args=[talk.public_id])))
    assert {"letter": "by letter", "visit": "at the counter"}[kind] in page
    assert "ZZ9" not in str(list(Mention.objects.values())) + str(talk.person.__dict__)


def test_a_slot_is_given_away_once(account: Account, alice: Client, log: FileLog) -> None:
    first = callbacks.offered()[0]
    calls(alice, slot=first[0].isoformat())
    assert first not in callbacks.offered()
    with pytest.raises(CannotError, match="given away"):
        callbacks.promise("phone", "other", first, None)
    assert calls(alice, slot=first[0].isoformat()).status_code == 422
    assert Callback.objects.count() == 1


def test_a_full_disk_promises_nothing(
    account: Account, alice: Client, log: FileLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(frames: object) -> int:
        raise LogError("the disk is full")

    chosen = slot()
    monkeypatch.setattr(log, "append", full)
    answer = calls(alice, slot=chosen)
    assert answer.status_code == 422
    assert "the disk is full" in text(answer)
    assert not Callback.objects.exists()


def test_a_reference_is_looked_up_as_it_is_told(
    account: Account, alice: Client, log: FileLog
) -> None:
    spelt = calls(alice).headers["Location"].rpartition("/")[2]
    triaged(log)
    typed = spelt.lower().replace("-", " ")
    assert "You are next." in text(alice.get("/calls/find", {"reference": typed}))
    assert alice.get("/calls/find", {"reference": "nothing"}).status_code == 404


def test_a_form_caller_chooses_a_slot_too(account: Account, log: FileLog) -> None:
    from tests.web.public.test_contact import sent

    channels.connect("webform", {}, witness=lambda _: None)
    assert sent(Client(), kind="callback", phone=NUMBER).status_code == 422
    assert sent(Client(), kind="callback", slot=slot()).status_code == 422
    where = sent(Client(), kind="callback", slot=slot(), phone=NUMBER).headers["Location"]
    triaged(log)
    page = text(Client().get(where))
    assert "We call you on Monday 2 March, 11:00 to 13:00." in page
    clock.turn(timedelta(hours=1))
    assert Callback.objects.get().promised_by is None
