"""Where people can be reached: sealed with what they wrote, opened to answer them, and logged."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from rejoinder.channels.contract import Connection, Contact, Outgoing, Post, Receipt, Sent
from rejoinder.listening.hear.frames import pack
from rejoinder.listening.intake import triage
from rejoinder.listening.models import Mention
from rejoinder.outbox import actions as outbox
from rejoinder.outbox.models import Reply, State
from rejoinder.outbox.send import Sender
from rejoinder.plumbing import clock, secrets
from rejoinder.plumbing.log import FileLog
from rejoinder.privacy import contacts
from rejoinder.privacy.models import Cell, LedgerEntry
from rejoinder.privacy.vault import NotOpenedError
from rejoinder.team.access import NotAllowedError
from tests import people, scene

pytestmark = pytest.mark.django_db(transaction=True)

TOM = "tom@example.com"


class Mailbox(scene.Notebook):
    """A network that writes to where a person said they can be reached."""

    name = "notebook"
    contact = "email"

    def send(self, outgoing: Outgoing, key: str) -> Sent:
        self.tries.append(outgoing.contact)
        return Receipt(key)


@pytest.fixture(autouse=True)
def network(monday: datetime, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with scene.networks():
        monkeypatch.setattr(scene, "Notebook", Mailbox)
        yield


def heard(log: FileLog, number: int, *told: Contact) -> Mention:
    account = scene.account()
    post = Post(
        external_id=f"m{number}", author_id="tom", handle="t", text="no signal", contacts=told
    )
    log.append(pack("notebook", account.pk, clock.now(), [post]))
    while triage.run_once(log):
        pass
    return Mention.objects.get(external_id=f"m{number}")


@pytest.fixture
def log(tmp_path: Path) -> Iterator[FileLog]:
    kept = FileLog(tmp_path / "intake.sqlite3")
    yield kept
    kept.close()


def answered(mention: Mention) -> Reply:
    assert mention.conversation is not None
    assert mention.account is not None
    return outbox.queue_reply(
        mention.conversation,
        mention,
        people.alice(),
        "It is back.",
        account=mention.account,
        due_at=clock.now(),
    )


def test_a_contact_is_sealed_and_stands_in_no_row(log: FileLog) -> None:
    mention = heard(log, 1, Contact("email", TOM))
    assert TOM not in str(Mention.objects.values().get()) + str(mention.person.__dict__)
    assert TOM.encode() not in bytes(Cell.objects.get().sealed)
    assert contacts.told("notebook", ["tom", "tina"], "email") == {"tom"}
    assert contacts.told("notebook", ["tom"], "phone") == set()


def test_a_reply_is_sent_to_it_and_the_opening_has_the_writers_name(log: FileLog) -> None:
    reply = answered(heard(log, 1, Contact("email", TOM)))
    assert Sender(lambda row: Mailbox(connection(), scene._NoHttp())).run_once() == 1
    reply.refresh_from_db()
    assert (reply.state, Mailbox.tries) == (State.SENT, [TOM])
    entry = LedgerEntry.objects.get(kind="opened")
    assert (entry.actor, entry.field) == (f"advisor {people.alice().public_id}", "email")
    assert (entry.purpose, entry.why) == ("care-reply", "to send the reply")


def test_who_told_none_is_answered_without(log: FileLog) -> None:
    answered(heard(log, 1))
    Sender(lambda row: Mailbox(connection(), scene._NoHttp())).run_once()
    assert Mailbox.tries == [""]


def test_the_newest_counts(log: FileLog) -> None:
    heard(log, 1, Contact("email", "old@example.com"))
    heard(log, 2, Contact("email", TOM), Contact("phone", "07700 900123"))
    assert opened("email") == TOM
    assert opened("phone") == "07700 900123"
    assert opened("address") is None


def test_a_writer_without_the_right_sends_nothing(log: FileLog) -> None:
    reply = answered(heard(log, 1, Contact("email", TOM)))
    reply.advisor.is_active = False
    reply.advisor.save()
    Sender(lambda row: Mailbox(connection(), scene._NoHttp())).run_once()
    reply.refresh_from_db()
    assert (reply.state, Mailbox.tries) == (State.REFUSED, [])


def test_no_other_purpose_opens_it(log: FileLog) -> None:
    heard(log, 1, Contact("email", TOM))
    with pytest.raises(NotOpenedError):
        contacts.open_contact(whose("email"), "identity-check", people.alice(), "x")
    with pytest.raises(NotAllowedError):
        contacts.open_contact(whose("email"), "care-reply", people.ann(), "x")


def test_equal_values_look_equal_and_tell_nothing() -> None:
    assert secrets.blind(TOM, "email") == secrets.blind(TOM, "email")
    assert secrets.blind(TOM, "email") != secrets.blind(TOM, "phone")
    assert secrets.blind("\ud800", "email").isalnum()


def whose(kind: str) -> contacts.Whose:
    return contacts.Whose("notebook", "tom", kind)


def opened(kind: str) -> str | None:
    return contacts.open_contact(whose(kind), "care-reply", people.alice(), "to answer")


def connection() -> Connection:
    return Connection(settings={}, secrets={})
