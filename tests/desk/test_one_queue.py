"""The same question by form, e-mail and phone: one queue by need and age, answered where asked."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client

from rejoinder.channels import actions as channels
from rejoinder.channels.contract import Channel, Connection
from rejoinder.channels.models import Account
from rejoinder.channels.open import open_account
from rejoinder.desk import actions as desk
from rejoinder.listening.hear import hand_in
from rejoinder.listening.hear.listen import run_once
from rejoinder.listening.intake import triage
from rejoinder.listening.models import Conversation, Mention, Need
from rejoinder.outbox.actions import undo_hold
from rejoinder.outbox.models import State
from rejoinder.outbox.send import Sender
from rejoinder.plumbing import clock
from rejoinder.plumbing.log import FileLog
from rejoinder.web.public import contact
from tests import people
from tests.channels.email.fake import US, Inbox, letter
from tests.channels.email.stage import InMemory
from tests.scene import _NoHttp
from tests.web.public.test_contact import sent
from tests.web.talk.test_calls import connected

pytestmark = pytest.mark.django_db(transaction=True)

QUESTION = "When will my broadband be repaired? It has been down since Sunday"


@pytest.fixture(autouse=True)
def log(tmp_path: Path, monday: datetime, monkeypatch: pytest.MonkeyPatch) -> Iterator[FileLog]:
    kept = FileLog(tmp_path / "intake.sqlite3")
    monkeypatch.setattr(hand_in, "log", lambda: kept)
    contact.recent.forget()
    yield kept
    kept.close()


class Desk:
    """The desk with its mailbox in memory."""

    def __init__(self, log: FileLog) -> None:
        self.log, self.inbox = log, Inbox()
        channels.connect("webform", {}, witness=lambda _: None)
        connected()
        self.mail = Account.objects.create(
            channel="email", external_id=US, handle=US, connected_at=clock.now()
        )
        run_once(log, self.opened)

    def opened(self, account: Account) -> Channel:
        if account.channel != "email":
            return open_account(account)
        kind: type[Channel] = type("Ours", (InMemory,), {"inbox": self.inbox})
        ours = Connection(settings={"address": US}, secrets={}, external_id=US, handle=US)
        return kind(ours, _NoHttp())

    def hears(self) -> None:
        run_once(self.log, self.opened)
        while triage.run_once(self.log):
            pass

    def sends(self) -> None:
        with clock.standing(clock.now() + undo_hold()):
            Sender(self.opened).run_once()


def test_one_queue_and_each_is_answered_where_they_asked(log: FileLog) -> None:
    northwind, alice = Desk(log), Client()
    alice.force_login(people.alice(), backend="allauth.account.auth_backends.AuthenticationBackend")
    told = {"kind": "call", "text": QUESTION, "name": "Granny Smith"}
    alice.post("/calls/new", told)
    clock.turn(timedelta(minutes=2))
    where = sent(Client(), text=QUESTION, name="Gwen").headers["Location"].partition("?")[0]
    clock.turn(timedelta(minutes=2))
    mail = letter(QUESTION, who="Tom", own="q@example.com")
    mail.replace_header("Date", clock.now().strftime("%a, %d %b %Y %H:%M:%S +0000"))
    northwind.inbox.put(mail.as_bytes())
    northwind.hears()

    talks = Conversation.objects.select_related("person")
    assert {talk.channel for talk in talks} == {"phone", "webform", "email"}
    # The same words are of the same need, whichever way they came.
    assert len({talk.need for talk in talks}) == 1
    order = [desk.take_next(people.alice()) for _ in range(3)]
    assert [talk.person.name for talk in order if talk] == ["Granny Smith", "Gwen", "Tom"]

    for talk in order:
        assert talk is not None
        desk.answer(talk, people.alice(), f"To {talk.person.name}: on Tuesday.")
    northwind.sends()
    replies = {talk.person.name: talk.reply_set.get() for talk in talks}
    assert {reply.state for reply in replies.values()} == {State.SENT}
    [posted] = northwind.inbox.sent
    assert (posted["To"], posted["In-Reply-To"]) == ("tom@example.com", "<q@example.com>")
    assert "To Tom: on Tuesday." in posted.get_content()
    page = Client().get(where).content.decode()
    assert "To Gwen: on Tuesday." in page
    assert "Granny Smith" not in page
    assert "/calls/" in replies["Granny Smith"].url


def test_who_is_in_greater_need_comes_first_by_whichever_way(log: FileLog) -> None:
    northwind = Desk(log)
    sent(Client(), text=QUESTION, name="Gwen")
    urgent = "My mother's fall alarm does not work and she is alone, I cannot reach 999"
    northwind.inbox.put(letter(urgent, who="Rosa", own="u@example.com").as_bytes())
    northwind.hears()
    Mention.objects.filter(text__contains="fall alarm").get()
    first = desk.take_next(people.alice())
    assert first is not None
    assert (first.person.name, first.need) == ("Rosa", Need.URGENT)
