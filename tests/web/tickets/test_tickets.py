"""Alice's tickets elsewhere, where the other system is well, ill, slow or gone."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from rejoinder.desk import actions as desk
from rejoinder.desk.holding import Work
from rejoinder.desk.models import Ticket, TicketSystem
from rejoinder.desk.refusals import CannotError
from rejoinder.desk.tickets import asking, contract, running, systems
from rejoinder.desk.tickets.contract import Found
from rejoinder.listening.models import Conversation
from rejoinder.plumbing import clock
from rejoinder.privacy.vault import Person
from rejoinder.team.models import AuditLine
from tests import people
from tests.api.program import Program
from tests.web import stage
from tests.web.pages import notices, source, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
URL = "https://tickets.example.com/helpdesk"


class Elsewhere:
    """A ticket system in memory, which fails as it is told to."""

    def __init__(self) -> None:
        self.made: list[tuple[str, str]] = []
        self.closed: list[str] = []
        self.fails: Exception | None = None
        self.meanwhile: Callable[[], object] = lambda: None

    def test(self) -> None:
        self._fail()

    def create(self, title: str, text: str) -> Found:
        self._fail()
        self.made.append((title, text))
        return self.look(str(len(self.made)))

    def look(self, number: str) -> Found:
        self.meanwhile()
        self._fail()
        closed = number in self.closed
        there = "Closed" if closed else "Open"
        return Found(number, f"{URL}/tickets/{number}/", there, closed)

    def close(self, number: str, words: str) -> Found:
        self._fail()
        self.closed.append(number)
        return self.look(number)

    def _fail(self) -> None:
        if self.fails:
            raise self.fails


@pytest.fixture(autouse=True)
def there(monkeypatch: pytest.MonkeyPatch, db: None) -> Elsewhere:
    found = Elsewhere()
    monkeypatch.setattr(systems, "opened", lambda row: found)
    systems.connect(people.olga(), URL, "3", "made-up-token")
    return found


@pytest.fixture
def talk() -> Conversation:
    found = stage.says("Tom", "no signal, call 07700 900123")
    return desk.take(found, people.alice())


def made(talk: Conversation) -> Ticket:
    asking.create(talk, people.alice(), "Mast 14", "is down")
    running.run()
    return Ticket.objects.get()


def test_made_on_the_page_and_closed(alice: Client, there: Elsewhere, talk: Conversation) -> None:
    at = f"/c/{talk.public_id}"
    page = text(alice.get(at))
    assert "Make a ticket" in page
    assert not any("900123" in each for each in asking.proposed(talk))

    alice.post(f"{at}/tickets", {"title": "Mast  14", "text": "Down; call 07700 900123"})
    assert "Being made there" in text(alice.get(at))
    running.run()

    [(title, sent)] = there.made
    assert title == "Mast 14"
    assert "900123" not in sent
    assert sent.endswith(f"/c/{talk.public_id}")
    assert f'href="{URL}/tickets/1/"' in source(alice.get(at))
    row = Ticket.objects.get()
    assert row.text == ""

    alice.post(f"{at}/tickets/{row.public_id}/close", {"words": "mended"})
    assert "Being closed there" in text(alice.get(at))
    running.run()
    assert "Done there (Closed)" in text(alice.get(at))
    did = list(AuditLine.objects.filter(detail__has_key="ticket").values_list("action", flat=True))
    assert did == [
        "asked for a ticket about",
        "a ticket was made about",
        "asked to close a ticket of",
    ]


def test_linked_once(alice: Client, talk: Conversation) -> None:
    at = f"/c/{talk.public_id}/tickets/link"
    alice.post(at, {"number": "#0042"})
    again = alice.post(at, {"number": "42"}, follow=True)
    wrong = alice.post(at, {"number": "../42"}, follow=True)
    running.run()

    assert "linked already" in notices(again)
    assert "in digits" in notices(wrong)
    row = Ticket.objects.get()
    assert (row.number, row.state, row.there) == ("42", "open", "Open")


def test_only_who_has_it(bob: Client, ann: Client, talk: Conversation) -> None:
    row = made(talk)
    at = f"/c/{talk.public_id}/tickets"
    for path in (at, f"{at}/link", *(f"{at}/{row.public_id}/{do}" for do in ("close", "off"))):
        given = {"title": "x", "text": "x", "number": "7", "words": "x"}
        assert "has this conversation" in notices(bob.post(path, given, follow=True)), path
        assert ann.post(path, given).status_code == 403
    assert Ticket.objects.get().ended_at is None
    assert "Make a ticket" not in text(bob.get(f"/c/{talk.public_id}"))


def test_a_ticket_of_another_conversation_is_not_found(alice: Client, talk: Conversation) -> None:
    row = made(talk)
    other = desk.take(stage.says("Tina", "hello"), people.alice())

    answer = alice.post(f"/c/{other.public_id}/tickets/{row.public_id}/off")

    assert answer.status_code == 404


def test_unsure_is_never_made_again_by_itself(
    alice: Client, there: Elsewhere, talk: Conversation
) -> None:
    there.fails = contract.UnsureError("gave no answer in 10 seconds.")
    row = made(talk)
    assert (row.state, row.due_at) == ("unsure", None)
    assert "It may have been made there" in text(alice.get(f"/c/{talk.public_id}"))
    there.fails = None
    running.run()
    assert there.made == []

    alice.post(f"/c/{talk.public_id}/tickets/{row.public_id}/again")
    running.run()
    assert len(there.made) == 1
    assert Ticket.objects.get().state == "open"


def test_a_process_that_died_on_the_way_leaves_it_unsure(
    there: Elsewhere, talk: Conversation
) -> None:
    asking.create(talk, people.alice(), "Mast 14", "is down")
    Ticket.objects.update(state="sending")
    running.run()

    assert there.made == []
    assert Ticket.objects.get().state == "unsure"


def test_what_surely_did_not_arrive_is_tried_again(
    there: Elsewhere, talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    there.fails = contract.LaterError("cannot be reached.")
    row = made(talk)
    assert (row.state, row.want, row.words) == ("asked", "create", "cannot be reached.")
    assert row.due_at is not None
    assert row.due_at > clock.now()
    there.fails = None
    Ticket.objects.update(due_at=clock.now())
    running.run()

    assert len(there.made) == 1
    for _ in range(20):
        there.fails = contract.LaterError("cannot be reached.")
        Ticket.objects.filter(want="look").update(due_at=clock.now())
        running.run()
    last = Ticket.objects.get()
    assert last.due_at is None
    assert last.state == "open"  # what is known stays


def test_refused_keeps_the_words(there: Elsewhere, talk: Conversation) -> None:
    there.fails = contract.RefusedError("queue: Invalid pk.")
    row = made(talk)

    assert (row.state, row.text, row.words) == ("failed", "is down", "queue: Invalid pk.")


def test_asked_to_close_while_it_is_looked_at(there: Elsewhere, talk: Conversation) -> None:
    row = made(talk)
    Ticket.objects.update(due_at=clock.now())
    there.meanwhile = lambda: asking.close(row, people.alice(), "mended")
    running.run()
    there.meanwhile = lambda: None
    row.refresh_from_db()
    assert row.want == "close"
    Ticket.objects.update(due_at=clock.now() - timedelta(seconds=1))
    running.run()

    assert there.closed == ["1"]


def test_five_open_ones_are_the_most(talk: Conversation) -> None:
    for number in range(5):
        asking.link(talk, people.alice(), str(number + 1))
    with pytest.raises(CannotError, match="Five open tickets"):
        asking.create(talk, people.alice(), "one", "more")


def test_disconnected_the_credentials_are_gone_and_nothing_is_sent(
    olga: Client, there: Elsewhere, talk: Conversation
) -> None:
    asking.create(talk, people.alice(), "Mast 14", "is down")
    olga.post("/ticket-system/disconnect")
    running.run()

    assert bytes(TicketSystem.objects.get().sealed) == b""
    assert there.made == []
    row = Ticket.objects.get()
    assert (row.state, row.text) == ("failed", "")


def test_the_owner_connects_tests_and_never_reads_the_token(olga: Client, there: Elsewhere) -> None:
    given = {"url": f"{URL}/", "queue": "4", "token": "made-up-secret", "user": ""}
    page = olga.post("/ticket-system/connect", given, follow=True)
    assert "credentials are accepted" in notices(page)
    assert "made-up-secret" not in source(page)
    assert b"made-up-secret" not in bytes(TicketSystem.objects.get(ended_at=None).sealed)
    there.fails = contract.RefusedError("does not accept the credentials (401).")
    assert "(401)" in notices(olga.post("/ticket-system/test", follow=True))

    for wrong in ({"url": "ftp://x"}, {"url": "https://[x"}, {"queue": "x"}, {"token": " "}):
        answer = olga.post("/ticket-system/connect", given | wrong, follow=True)
        assert "Give" in notices(answer), wrong
    assert TicketSystem.objects.filter(ended_at=None).count() == 1


def test_joined_it_goes_along_and_is_erased_with_the_person(talk: Conversation) -> None:
    made(talk)
    person = Person(talk.channel, talk.person.external_id)

    assert {"kind": "ticket", "text": "Mast 14"} in Work().export(person)
    Work().erase(person)
    row = Ticket.objects.get()
    assert (row.title, row.text) == ("", "")


def test_a_program_makes_links_and_closes(talk: Conversation) -> None:
    program = Program(people.alice())
    at = f"/conversations/{talk.public_id}/tickets"
    asked = program.post(at, {"title": "Mast 14", "text": "is down"}, key="ticket-1")
    twice = program.post(at, {"title": "Mast 14", "text": "is down"}, key="ticket-1")
    assert asked.json() == twice.json()
    assert (asked.json()["state"], asked.json()["doing"]) == ("asked", "create")
    program.post(f"{at}/link", {"number": "42"})
    running.run()
    first, second = program.get(at).json()
    assert (first["number"], second["number"]) == ("1", "42")

    program.post(f"{at}/{first['id']}/close", {"words": "mended"})
    running.run()
    assert program.get(at).json()[0]["state"] == "closed"
    refused = program.post(f"{at}/{first['id']}/close", {"words": "mended"})
    assert refused.status_code == 409
    assert program.post(f"{at}/{talk.public_id}/close", {"words": "x"}).status_code == 404
