"""The plan on the desk: what it keeps back when replies are scarce, and whom it lets go."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from rejoinder.budget import actions as budget
from rejoinder.channels.contract import Limit
from rejoinder.crisis import actions as crisis
from rejoinder.crisis.policy import Policy
from rejoinder.desk import actions, refusals
from rejoinder.desk.models import PlanSettings, TurnChange
from rejoinder.desk.plan import settings
from rejoinder.desk.plan.keep_back import Planner
from rejoinder.listening.models import Conversation, Mention, Need
from rejoinder.plumbing import clock
from rejoinder.team.access import NotAllowedError
from rejoinder.team.models import AuditLine
from tests import people, scene

pytestmark = pytest.mark.django_db

TEN = Limit(name="day", cap=10, window=86_400)


@pytest.fixture(autouse=True)
def network(monday: datetime) -> Iterator[None]:
    with scene.networks(TEN):
        yield


def wrote(name: str, need: Need, minutes: float = 5) -> Conversation:
    talk = scene.wrote(name, "hello", need=need, ago=timedelta(minutes=minutes))
    Mention.objects.filter(pk=talk.last_mention_id or 0).update(need=need)
    return talk


def many_wait() -> None:
    """More than may be answered today; some of them in urgent need."""
    for number in range(40):
        wrote(f"Tom{number}", Need.COMMON)
        wrote(f"Vera{number}", Need.VENT)
    for number in range(8):
        wrote(f"Tina{number}", Need.URGENT)


def spend(many: int) -> None:
    for _ in range(many):
        reservation = budget.reserve(scene.account(), None, None)
        assert reservation
        budget.spend(reservation.pk)


def kept(need: Need) -> set[str | None]:
    return set(Conversation.objects.filter(need=need).values_list("kept_back", flat=True))


def test_nobody_is_kept_back_where_there_is_room_for_all() -> None:
    wrote("Tom", Need.COMMON)
    wrote("Vera", Need.VENT)
    with scene.networks(Limit(name="day", cap=1000, window=86_400)):
        assert Planner().run() == 0
    assert kept(Need.COMMON) == kept(Need.VENT) == {None}


def test_a_desk_without_an_account_keeps_nobody_back() -> None:
    assert Planner().run() == 0


def test_what_is_scarce_is_kept_for_those_who_need_it_most() -> None:
    many_wait()
    assert Planner().run() > 0
    assert kept(Need.URGENT) == {None}
    assert None not in kept(Need.VENT)
    vera = Conversation.objects.filter(need=Need.VENT).first()
    assert vera is not None
    assert vera.kept_until is not None
    assert vera.kept_until > clock.now()
    assert Planner().run() == 0  # and once more changes nothing


def test_next_steps_over_whom_the_plan_keeps_back() -> None:
    for number in range(30):
        wrote(f"Vera{number}", Need.VENT)
    wrote("Tina", Need.URGENT)
    spend(9)
    Planner().run()
    first = actions.take_next(people.alice())
    assert first is not None
    assert first.need == Need.URGENT
    assert actions.take_next(people.bob()) is None


def test_urgent_need_is_never_kept_back() -> None:
    vera = wrote("Vera", Need.VENT)
    Conversation.objects.update(kept_back="kept-for-urgent")
    Conversation.objects.filter(pk=vera.pk).update(need=Need.URGENT)
    assert actions.take(vera, people.alice()).holder == people.alice()


def test_an_advisor_is_told_and_a_lead_may_with_a_reason() -> None:
    vera = wrote("Vera", Need.VENT)
    Conversation.objects.update(kept_back="kept-for-urgent")
    with pytest.raises(refusals.KeptBackError, match="keeps this answer back"):
        actions.take(vera, people.alice())
    vera.refresh_from_db()
    assert actions.may_take_out_of_turn(vera, people.dan())
    assert not actions.may_take_out_of_turn(vera, people.alice())
    with pytest.raises(NotAllowedError):
        actions.take_out_of_turn(vera, people.alice(), "the board asks")
    with pytest.raises(refusals.CannotError, match="Say why"):
        actions.take_out_of_turn(vera, people.dan(), "  ")
    actions.take_out_of_turn(vera, people.dan(), "she is on the phone as well")
    change = TurnChange.objects.get()
    assert (change.lead, change.why) == (people.dan(), "she is on the phone as well")
    assert AuditLine.objects.filter(action="took out of turn").count() == 1


def test_when_there_is_room_again_they_are_let_go() -> None:
    many_wait()
    planner = Planner()
    planner.run()
    Conversation.objects.filter(need=Need.URGENT).update(waiting_since=None)
    with scene.networks():
        settings.change(people.dan(), PlanSettings(on=False))
        assert planner.run() > 0
    assert kept(Need.COMMON) == kept(Need.VENT) == {None}


def test_settings_are_a_leads_and_checked() -> None:
    with pytest.raises(NotAllowedError):
        settings.change(people.alice(), PlanSettings(reserve=2))
    for wrong in (
        PlanSettings(reserve=9),
        PlanSettings(askers=1),
        PlanSettings(mode="loudest"),
        PlanSettings(advisors=[1, 2]),
    ):
        with pytest.raises(refusals.CannotError):
            settings.change(people.dan(), wrong)
    settings.change(people.dan(), PlanSettings(reserve=2, advisors=[3] * 24))
    assert (settings.current().reserve, settings.current().changed_by) == (2, people.dan())
    assert AuditLine.objects.get(action="changed the plan").detail["reserve"] == 2


def test_an_open_crisis_asks_the_plan_for_more_and_changes_no_setting() -> None:
    settings.change(people.dan(), PlanSettings(reserve=1.5, askers=20))
    before = settings.in_force()
    opened = crisis.declare(people.dan(), "Outage", Policy(reserve=3, askers=5))
    asked = settings.in_force()
    assert (asked.reserve, asked.askers) == (3, 5)
    assert settings.in_force(PlanSettings(reserve=0, askers=2)).askers == 2
    assert (settings.current().reserve, settings.current().askers) == (1.5, 20)
    crisis.stand_down(opened, people.dan(), "over")
    after = settings.in_force()
    assert (after.reserve, after.askers) == (before.reserve, before.askers)


def test_within_the_hour_those_past_it_are_overtaken_and_it_is_logged() -> None:
    wrote("Late", Need.COMMON, minutes=90)
    young = wrote("Young", Need.COMMON, minutes=20)
    assert actions.take_next(people.alice()) == young
    assert [row.overtook for row in young.assignment_set.all()] == [1]


def test_strictly_nobody_goes_before_an_equal_who_is_kept_back() -> None:
    many_wait()
    for number in range(6):
        wrote(f"Late{number}", Need.COMMON, minutes=70 + number)
    settings.change(people.dan(), PlanSettings(mode="strict"))
    Planner().run()
    rows = Conversation.objects.filter(need=Need.COMMON).order_by("waiting_since")
    kept = [bool(row.kept_back) for row in rows]
    assert any(kept)
    assert kept == sorted(kept)  # once one is kept back, all who came later are


def test_strict_takes_them_as_they_came() -> None:
    settings.change(people.dan(), PlanSettings(mode="strict"))
    late = wrote("Late", Need.COMMON, minutes=90)
    wrote("Young", Need.COMMON, minutes=20)
    assert actions.take_next(people.alice()) == late
    assert [row.overtook for row in late.assignment_set.all()] == [0]
