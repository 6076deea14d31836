"""What had its time goes by itself; what is held, or not finished, stays."""

from datetime import datetime, timedelta

import pytest

from rejoinder.desk.models import Snooze
from rejoinder.listening.models import Mention, Person
from rejoinder.plumbing import clock
from rejoinder.privacy import rights, vault
from rejoinder.privacy.models import Cell, LegalHold, Period
from rejoinder.privacy.retention import applying, holds, periods
from rejoinder.privacy.retention.holds import CannotError, HeldError
from rejoinder.privacy.retention.periods import Periods
from rejoinder.team.access import NotAllowedError
from rejoinder.team.models import AuditLine
from tests import people
from tests.privacy.stage import TINA, TOM, keep
from tests.web import stage

pytestmark = pytest.mark.django_db(transaction=True)
CHANNEL = stage.CHANNEL
YEAR = 60 * 24 * 365


def quiet(name: str, minutes_ago: float = 2 * YEAR) -> vault.Person:
    """Somebody whose conversation rests, and who waits for nothing."""
    talk = stage.says(name, f"thanks from {name}", minutes_ago=minutes_ago)
    talk.waiting_since = None
    talk.save()
    return vault.Person(CHANNEL, talk.person.external_id)


def by_channel(days: int) -> Periods:
    return Periods({CHANNEL: days}, {})


def there() -> set[str]:
    return set(Person.objects.exclude(handle="").values_list("name", flat=True))


def soon() -> datetime:
    return clock.now() + timedelta(days=30)


def test_nothing_is_deleted_until_somebody_sets_a_period() -> None:
    quiet("Tom")
    assert applying.run() == 0
    assert there() == {"Tom"}


def test_who_was_quiet_for_long_is_forgotten_and_the_others_are_not() -> None:
    quiet("Tom")
    quiet("Tina", minutes_ago=60 * 24)
    stage.says("Granny Smith", "still waiting", minutes_ago=2 * YEAR)
    wanted = by_channel(365)
    assert periods.due(wanted).channels == {CHANNEL: 1}
    periods.change(people.dan(), wanted, 1)
    assert applying.run() == 1
    assert there() == {"Tina", "Granny Smith"}
    assert not Mention.objects.filter(text__contains="Tom").exists()
    assert AuditLine.objects.filter(action="deleted what had its time").count() == 1
    assert applying.run() == 0


def test_with_whom_something_is_open_stays() -> None:
    quiet("Tom")
    talk = Mention.objects.get().conversation
    assert talk is not None
    now = clock.now()
    Snooze.objects.create(conversation=talk, advisor=people.alice(), at=now, until=soon())
    periods.change(people.dan(), by_channel(30), 0)
    assert applying.run() == 0
    Snooze.objects.update(done_at=now)
    assert applying.run() == 1


def test_more_than_was_shown_is_not_agreed_to() -> None:
    quiet("Tom")
    with pytest.raises(CannotError, match="Look again"):
        periods.change(people.dan(), by_channel(30), 0)
    assert not Period.objects.exists()


@pytest.mark.parametrize(
    "wanted", [by_channel(0), Periods({"nowhere": 5}, {}), Periods({}, {"fun": 5})]
)
def test_what_is_no_period_is_refused(wanted: Periods) -> None:
    quiet("Tom")
    with pytest.raises(CannotError):
        periods.change(people.dan(), wanted, 99)


def test_sealed_values_go_when_all_their_purposes_let_them() -> None:
    keep(TOM, purposes=["callback"])
    keep(TINA, purposes=["callback", "legal-duty"])
    Cell.objects.update(sealed_at=clock.now() - timedelta(days=100))
    periods.change(people.dan(), Periods({}, {"callback": 30}), 1)
    assert applying.run() == 1
    assert vault.find([TINA])[TINA] in Cell.objects.values_list("subject", flat=True)
    periods.change(people.dan(), Periods({}, {"callback": 30, "legal-duty": 99}), 1)
    assert applying.run() == 1
    assert not Cell.objects.exists()


def test_a_hold_suspends_deletion_and_erasure_until_it_ends() -> None:
    tom, dan = quiet("Tom"), people.dan()
    hold = holds.place(dan, tom, "Case 7", soon(), dan)
    assert periods.due(by_channel(30)).total == 0
    periods.change(dan, by_channel(30), 0)
    assert applying.run() == 0
    with pytest.raises(HeldError, match="Case 7"):
        rights.erase(tom, "person erase", "asked for it")
    assert rights.erase(vault.Person(CHANNEL, "did:Tina"), "person erase", "asked") is not None
    holds.end(hold, dan)
    assert applying.run() == 1


def test_a_hold_of_everybody_keeps_values_too() -> None:
    keep(TOM, purposes=["callback"])
    Cell.objects.update(sealed_at=clock.now() - timedelta(days=100))
    dan = people.dan()
    holds.place(dan, None, "Order of a court", soon(), dan)
    periods.change(dan, Periods({}, {"callback": 1}), 0)
    assert applying.run() == 0
    LegalHold.objects.update(until=clock.now())
    assert applying.run() == 1


def test_an_erasure_that_a_hold_stops_is_on_no_list_that_a_restore_would_follow() -> None:
    tom, dan = quiet("Tom"), people.dan()
    before = clock.now() - timedelta(seconds=1)
    holds.place(dan, tom, "Case 7", soon(), dan)
    with pytest.raises(HeldError):
        rights.erase(tom, "person erase", "asked for it")
    assert rights.erase_again(before) == 0


def test_a_hold_has_a_ground_an_end_and_somebody_who_may_place_it() -> None:
    dan = people.dan()
    with pytest.raises(CannotError):
        holds.place(dan, None, " ", soon(), dan)
    with pytest.raises(CannotError):
        holds.place(dan, None, "Case 7", clock.now(), dan)
    for who in (people.alice(), people.ann()):
        with pytest.raises(NotAllowedError):
            holds.place(who, None, "Case 7", soon(), dan)
        with pytest.raises(NotAllowedError):
            periods.change(who, by_channel(30), 0)
