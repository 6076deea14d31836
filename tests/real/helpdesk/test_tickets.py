"""Alice makes, links and closes tickets in a real django-helpdesk."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from rejoinder.desk import actions as desk
from rejoinder.desk.models import Ticket
from rejoinder.desk.refusals import CannotError
from rejoinder.desk.tickets import asking, helpdesk, running, systems
from rejoinder.listening.models import Conversation
from rejoinder.plumbing.http import Network
from tests import people
from tests.real.helpdesk import server
from tests.real.helpdesk.server import Running
from tests.web import stage

pytestmark = [pytest.mark.real, pytest.mark.django_db]


@pytest.fixture(scope="module")
def there() -> Iterator[Running]:
    with server.helpdesk() as running_there:
        yield running_there


@pytest.fixture(autouse=True)
def loopback(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with closing(Network(["127.0.0.1"])) as opened:
        monkeypatch.setattr(helpdesk, "network", lambda: opened)
        yield


@pytest.fixture
def talk() -> Conversation:
    found = stage.says("Tom", "no signal in Leeds since noon, call me on 07700 900123")
    return desk.take(found, people.alice())


def connect(there: Running, **other: str) -> None:
    given = {"queue": str(there.queue), "token": there.desk} | other
    systems.connect(people.olga(), f"{there.url}/", **given)


def test_made_closed_and_seen_on_both_sides(there: Running, talk: Conversation) -> None:
    connect(there)
    systems.test(people.olga())

    asking.create(talk, people.alice(), "Mast 14 is down", "Tom: 07700 900123, {{ ticket.id }}")
    assert running.run() == 1

    row = Ticket.objects.get()
    seen = there.ticket(row.number)
    assert (row.state, row.there, row.text) == ("open", "Open", "")
    assert row.url == f"{there.url}/tickets/{row.number}/"
    assert (seen["title"], seen["queue"]) == ("Mast 14 is down", there.queue)
    assert "900123" not in seen["description"]
    assert asking.address(talk) in seen["description"]
    assert not seen["submitter_email"]

    asking.close(row, people.alice(), "Mended, {{ ticket.title }} {% now %} {")
    assert running.run() == 1

    row.refresh_from_db()
    seen = there.ticket(row.number)
    assert (row.state, row.there, seen["status"]) == ("closed", "Closed", 4)
    comment = seen["followup_set"][-1]["comment"]
    assert comment.startswith("Mended, { {")  # nothing of it was taken for a template
    assert comment.rstrip().endswith("% } {")
    assert seen["followup_set"][-1]["public"] is False


def test_linked_and_followed(there: Running, talk: Conversation) -> None:
    connect(there, user="desk", token=server.PASSWORD)
    asking.create(talk, people.alice(), "Once", "more")
    running.run()
    number = Ticket.objects.get().number
    asking.take_off(Ticket.objects.get(), people.alice())

    row = asking.link(talk, people.alice(), f"#{number}")
    running.run()
    row.refresh_from_db()
    assert (row.state, row.there) == ("open", "Open")

    there.change(number, status=3)
    asking.look(row, people.alice())
    running.run()
    row.refresh_from_db()
    assert (row.state, row.there) == ("closed", "Resolved")


def test_what_is_not_there_is_said(there: Running, talk: Conversation) -> None:
    connect(there)
    row = asking.link(talk, people.alice(), "999999")
    running.run()

    row.refresh_from_db()
    assert (row.state, row.words) == ("failed", "Ticket 999999 is not there.")


def test_a_queue_that_is_not_there_makes_nothing(there: Running, talk: Conversation) -> None:
    before = there.count()
    connect(there, queue="777")
    row = asking.create(talk, people.alice(), "Once", "more")
    running.run()

    row.refresh_from_db()
    assert row.state == "failed"
    assert "queue" in row.words
    assert "more" in row.text  # kept, so that it can be made again
    assert there.count() == before


@pytest.mark.parametrize("given", [{"token": "wrong"}, {"user": "desk", "token": "wrong"}])
def test_wrong_credentials_are_said(there: Running, given: dict[str, str]) -> None:
    connect(there, **given)

    with pytest.raises(CannotError, match="does not accept the credentials"):
        systems.test(people.olga())


def test_somebody_who_is_not_of_its_staff_is_refused(there: Running) -> None:
    connect(there, token=there.guest)

    with pytest.raises(CannotError, match="account of its staff"):
        systems.test(people.olga())


def test_another_page_is_no_helpdesk(there: Running) -> None:
    systems.connect(people.olga(), f"{there.url}/nothing", str(there.queue), there.desk)

    with pytest.raises(CannotError, match="answered 404"):
        systems.test(people.olga())
