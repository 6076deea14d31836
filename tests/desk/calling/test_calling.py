"""Alice calls Granny Smith as promised: her own telephone first, and nobody twice."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from rejoinder.channels.contract import Connection
from rejoinder.channels.models import Account
from rejoinder.channels.phone import hours
from rejoinder.channels.phone.dialling import Dialling
from rejoinder.desk import actions as desk
from rejoinder.desk.calling import actions
from rejoinder.desk.calling.dialer import Dialer
from rejoinder.desk.calling.rules import PAUSE, SETTLES
from rejoinder.desk.models import Callback, Dialled
from rejoinder.desk.refusals import CannotError
from rejoinder.listening.models import Conversation
from rejoinder.plumbing import clock
from rejoinder.plumbing.http import Network
from rejoinder.privacy import contacts
from rejoinder.privacy.models import LedgerEntry
from rejoinder.team import access
from rejoinder.team.models import Advisor, AuditLine
from tests import people, scene
from tests.simulators.asterisk.server import PASSWORD, USER
from tests.simulators.client import Simulator, running

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday")]
NUMBER = "020 7946 0123"


@pytest.fixture(scope="module")
def exchange() -> Iterator[Simulator]:
    with running("asterisk") as found:
        yield found


@pytest.fixture
def account(exchange: Simulator) -> Account:
    found = scene.account("phone")
    found.settings = {
        "number": "01632 960000",
        "hours": hours.USUAL,
        "calls": "6",
        "exchange": exchange.url,
        "user": USER,
        "sound": "sound:greeting",
        "outside": "PJSIP/{number}@trunk",
        "country": "GB",
    }
    found.save()
    return found


@pytest.fixture
def dialer() -> Iterator[Dialer]:
    network = Network({"127.0.0.1"})
    found = Dialer(
        lambda row: Dialling(
            Connection(settings=row.settings, secrets={"password": PASSWORD}), network
        )
    )
    yield found
    found.close()
    network.close()


@pytest.fixture
def alice() -> Advisor:
    found = people.alice()
    found.extension = "PJSIP/101"
    found.save()
    return found


@pytest.fixture
def granny(account: Account, alice: Advisor) -> Conversation:
    clock.turn(timedelta(hours=1))  # ten in the morning
    talk = scene.wrote("Granny", "Please call me.", channel="phone")
    contacts.seal([contacts.Reach("phone", "granny", "phone", NUMBER)])
    return desk.take(talk, alice)


class Call:
    """One call, seen from the exchange."""

    def __init__(self, row: Dialled, there: Simulator, dialer: Dialer) -> None:
        self.row, self.there, self.dialer = row, there, dialer

    def line(self, which: str) -> str:
        return f"rejoinder-{self.row.public_id}-{which}"

    def looks(self, many: int = 1) -> Dialled:
        for _ in range(many):
            self.dialer.run()
        self.row.refresh_from_db()
        return self.row

    def lifts(self, which: str) -> Dialled:
        self.there.control("lifts", line=self.line(which))
        return self.looks(2)

    def ends(self, which: str, cause: int = 16) -> Dialled:
        self.there.control("ends", line=self.line(which), cause=cause)
        self.waits_for_the_event()
        return self.looks()

    def waits_for_the_event(self) -> None:
        """An event is on its way for a moment, as everywhere."""
        clock.turn(SETTLES / 2)

    def dialled(self) -> dict[str, str]:
        told = self.there.control("dialled")["dialled"]
        return {
            which: told[self.line(which)]["endpoint"]
            for which in ("desk", "them")
            if self.line(which) in told
        }


@pytest.fixture
def call(granny: Conversation, alice: Advisor, exchange: Simulator, dialer: Dialer) -> Call:
    return Call(actions.call(granny, alice, "promised her"), exchange, dialer)


def test_her_telephone_rings_then_theirs_then_they_talk(call: Call) -> None:
    call.looks(2)
    assert call.dialled() == {"desk": "PJSIP/101"}
    assert not LedgerEntry.objects.exists()
    call.lifts("desk")
    assert call.dialled() == {"desk": "PJSIP/101", "them": "PJSIP/+442079460123@trunk"}
    entry = LedgerEntry.objects.get(kind="opened")
    assert (entry.field, entry.purpose) == ("phone", "callback")
    assert call.lifts("them").stage == "talking"
    together = call.there.control("dialled")["bridges"][call.line("both")]
    assert together == [call.line("desk"), call.line("them")]
    clock.turn(timedelta(minutes=4))
    assert call.ends("them").outcome == "talked"
    there = call.there.control("dialled")
    assert call.line("desk") not in there["lines"]
    assert call.line("both") not in there["bridges"]
    assert AuditLine.objects.filter(action="called").exists()
    assert not Callback.objects.filter(kept_at=None).exists()


@pytest.mark.parametrize(
    ("cause", "outcome"), [(17, "busy"), (19, "no-answer"), (21, "declined"), (1, "unreachable")]
)
def test_it_says_why_nobody_was_reached(call: Call, cause: int, outcome: str) -> None:
    call.looks()
    call.lifts("desk")
    found = call.ends("them", cause)
    for _ in range(50):  # the event comes by its own way
        if found.outcome:
            break
        found = call.looks()
    assert (found.stage, found.outcome) == ("ended", outcome)


def test_who_does_not_lift_opens_no_number(call: Call) -> None:
    call.looks(2)
    clock.turn(timedelta(seconds=31))
    assert call.looks().outcome == "nobody-here"
    assert not LedgerEntry.objects.exists()
    assert call.dialled() == {"desk": "PJSIP/101"}


def test_hanging_up_from_the_page_ends_both(
    call: Call, granny: Conversation, alice: Advisor
) -> None:
    call.looks()
    call.lifts("desk")
    with pytest.raises(access.NotAllowedError):
        actions.give_up(granny, people.bob())
    actions.give_up(granny, alice)
    assert call.looks().outcome == "given-up"
    lines = call.there.control("dialled")["lines"]
    assert not {call.line("desk"), call.line("them")} & set(lines)


def test_pressed_twice_or_by_two_rings_once(call: Call, granny: Conversation) -> None:
    with pytest.raises(CannotError, match="on a call already"):
        actions.call(granny, people.alice(), "again")
    assert Dialled.objects.count() == 1


def test_another_process_goes_on_and_rings_nobody_twice(call: Call, dialer: Dialer) -> None:
    call.looks()
    call.lifts("desk")
    before = [each for each in call.there.control("looks")["asked"] if each[0] == "originate"]
    dialer.close()  # as after a kill, once its time is over: only the rows are left
    call.lifts("them")
    assert call.row.stage == "talking"
    after = [each for each in call.there.control("looks")["asked"] if each[0] == "originate"]
    assert before == after


def test_killed_before_the_exchange_was_asked_nobody_is_rung(call: Call) -> None:
    call.looks(2)
    call.there.control("lifts", line=call.line("desk"))
    Dialled.objects.update(stage="them", since=clock.now(), rung_at=clock.now())
    call.looks()
    clock.turn(SETTLES * 2)
    assert call.looks().outcome == "trouble"
    assert call.dialled() == {"desk": "PJSIP/101"}
    assert call.line("desk") not in call.there.control("dialled")["lines"]


def test_an_exchange_that_was_never_there_ends_it_after_a_while(
    call: Call, account: Account
) -> None:
    account.settings |= {"exchange": "http://127.0.0.1:9"}
    account.save()
    assert call.looks().stage == "asked"
    clock.turn(timedelta(minutes=1))
    assert call.looks().outcome == "trouble"


def test_what_rings_while_the_exchange_cannot_be_asked_is_ended_there_once_it_can(
    call: Call, account: Account
) -> None:
    call.looks()
    call.lifts("desk")
    there = account.settings["exchange"]
    call.dialer.close()
    Account.objects.update(settings=account.settings | {"exchange": "http://127.0.0.1:9"})
    clock.turn(timedelta(minutes=5))
    assert call.looks().stage == "them"
    call.dialer.close()
    Account.objects.update(settings=account.settings | {"exchange": there})
    assert call.looks().outcome == "no-answer"
    assert not {call.line("desk"), call.line("them")} & set(call.there.control("dialled")["lines"])


def test_who_talks_goes_on_talking_while_the_exchange_cannot_be_asked(
    call: Call, account: Account, caplog: pytest.LogCaptureFixture
) -> None:
    call.looks()
    call.lifts("desk")
    call.lifts("them")
    clock.turn(timedelta(minutes=10))
    there = account.settings["exchange"]
    call.dialer.close()
    Account.objects.update(settings=account.settings | {"exchange": "http://127.0.0.1:9"})
    assert call.looks(3).stage == "talking"
    assert sum("cannot be followed" in line for line in caplog.messages) == 1
    call.dialer.close()
    Account.objects.update(settings=account.settings | {"exchange": there})
    assert call.looks().stage == "talking"
    assert call.ends("them").outcome == "talked"


def test_a_costly_number_is_left_to_a_person(call: Call) -> None:
    contacts.seal([contacts.Reach("phone", "granny", "phone", "0906 123 4567")])
    call.looks()
    call.lifts("desk")
    assert call.looks().outcome == "by-hand"
    assert call.dialled() == {"desk": "PJSIP/101"}


def test_they_are_not_pestered(call: Call, granny: Conversation, alice: Advisor) -> None:
    call.looks()
    call.lifts("desk")
    clock.turn(timedelta(seconds=46))
    assert call.looks().outcome == "no-answer"
    with pytest.raises(CannotError, match="ten minutes"):
        actions.call(granny, alice, "again")
    clock.turn(PAUSE)
    assert actions.call(granny, alice, "again")


def test_giving_up_while_it_rings_counts_as_in_vain(
    call: Call, granny: Conversation, alice: Advisor
) -> None:
    call.looks()
    call.lifts("desk")
    actions.give_up(granny, alice)
    assert call.looks().outcome == "given-up"
    with pytest.raises(CannotError, match="ten minutes"):
        actions.call(granny, alice, "again")


def test_only_who_answers_and_opens_calls_and_at_the_promised_time(
    granny: Conversation, alice: Advisor, monday: datetime
) -> None:
    with pytest.raises(access.NotAllowedError):
        actions.call(granny, people.tess(), "promised")
    with pytest.raises(CannotError):
        actions.call(granny, alice, " ")
    start = clock.now() + timedelta(hours=1)
    Callback.objects.create(
        channel="phone",
        thread=granny.thread,
        from_at=start,
        to_at=start + timedelta(hours=2),
        promised_at=monday,
    )
    with pytest.raises(CannotError, match="Another time is promised"):
        actions.call(granny, alice, "now")
    clock.turn(timedelta(hours=2))
    assert actions.call(granny, alice, "now")


def test_the_number_is_in_no_log_and_no_row(call: Call, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    call.looks()
    call.lifts("desk")
    call.lifts("them")
    call.ends("desk")
    assert "79460123" not in caplog.text.replace(" ", "")
    rows = [*Dialled.objects.values(), *AuditLine.objects.values()]
    assert "79460123" not in str(rows).replace(" ", "")
