"""What a lead sets of the plan; each change leaves an audit line."""

from collections.abc import Sequence
from copy import copy
from typing import Any

from django.utils.translation import gettext as _

from rejoinder.budget.plan.situation import ASKERS, RESERVE, Settings
from rejoinder.crisis import actions as crisis
from rejoinder.desk.models import PlanSettings
from rejoinder.desk.refusals import CannotError
from rejoinder.plumbing import clock, live
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor

ADVISORS = (0, 1000)
HOURS = 24


def current() -> PlanSettings:
    """As they stand; the usual ones when nobody set any."""
    return PlanSettings.objects.filter(pk=1).first() or PlanSettings(pk=1)


def in_force(wanted: PlanSettings | None = None) -> PlanSettings:
    """What the plan works with: these, else as they stand; more careful where a crisis asks so.

    A copy that is not to be saved: the settings of the desk outlast a crisis.
    """
    row, asked = copy(wanted or current()), crisis.in_force()
    if asked is not None:
        policy, since = asked
        row.reserve = max(row.reserve, policy.reserve)
        row.askers = min(row.askers, policy.askers)
        row.changed_at = max(row.changed_at or since, since)
    return row


def may_change(actor: Advisor) -> bool:
    """Whoever steers."""
    return access.may(actor, access.STEER)


def check(settings: PlanSettings) -> None:
    """Raises CannotError for what no plan can work with."""
    if not RESERVE[0] <= settings.reserve <= RESERVE[1]:
        raise CannotError(_("The reserve lies between 0 and 3 times what the rule keeps."))
    if not ASKERS[0] <= settings.askers <= ASKERS[1]:
        raise CannotError(_("A public answer is proposed once 2 to 1,000 people ask the same."))
    if settings.mode not in PlanSettings.Mode.values:
        raise CannotError(_("The turn is strict, or within the hour."))
    if settings.advisors is not None and not _are_shifts(settings.advisors):
        raise CannotError(_("Say how many advisors are on duty for each of the 24 hours."))


def change(actor: Advisor, wanted: PlanSettings) -> None:
    """Plan with these from now on."""
    access.require(actor, access.STEER)
    check(wanted)
    wanted.pk, wanted.changed_by, wanted.changed_at = 1, actor, clock.now()
    wanted.save()
    audit.line(actor, "changed the plan", "", **_said(wanted))
    live.changed(live.QUEUE)


def as_settings(row: PlanSettings) -> Settings:
    """As the plan reads them."""
    return Settings(reserve=row.reserve, askers=row.askers)


def _are_shifts(advisors: Sequence[Any]) -> bool:
    low, high = ADVISORS
    good = all(isinstance(each, int) and low <= each <= high for each in advisors)
    return good and len(advisors) == HOURS


def _said(row: PlanSettings) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("on", "reserve", "askers", "mode", "advisors")}
