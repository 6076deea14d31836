"""Declaring a crisis, changing its policy, standing it down."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from rejoinder.crisis.alarm.alarms import acknowledge
from rejoinder.crisis.models import Alarm, Crisis, Did, Kind
from rejoinder.crisis.models.crisis import NAME_CAP
from rejoinder.crisis.policy import Policy, strictest
from rejoinder.crisis.refusals import CannotError
from rejoinder.crisis.timeline.writing import in_line, require_open, write
from rejoinder.plumbing import clock, live
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor


def may_steer(actor: Advisor) -> bool:
    """Whoever may declare, change the policy, speak for us, and stand down."""
    return access.may(actor, access.STEER)


def open_ones() -> QuerySet[Crisis]:
    """The crises that are open, the oldest first."""
    return Crisis.objects.filter(stood_down_at=None).order_by("declared_at", "id")


def in_force() -> tuple[Policy, datetime] | None:
    """What the open crises ask for together and since when; None without any."""
    found = list(open_ones())
    policy = strictest([each.policy for each in found])
    return (policy, max(each.policy_at for each in found)) if policy else None


def declare(
    actor: Advisor,
    name: str,
    policy: Policy | None = None,
    *,
    on_call: Iterable[Advisor] = (),
    alarm: Alarm | None = None,
    began_at: datetime | None = None,
) -> Crisis:
    """Open a crisis of this name, on an alarm if one gave it away; that one is seen to with it.

    Raises CannotError when one of that name is open.
    """
    access.require(actor, access.STEER)
    called = in_line(name, NAME_CAP, _("Give the crisis a name that everybody will know it by."))
    chosen, now = policy or Policy(), clock.now()
    _check(chosen)
    crisis = Crisis(
        name=called,
        began_at=min(alarm.at if alarm else began_at or now, now),
        alarm=alarm,
        declared_at=now,
        declared_by=actor,
        policy_at=now,
    )
    _set(crisis, chosen)
    try:
        with transaction.atomic():
            crisis.save()
            crisis.on_call.set(on_call)
            if alarm is not None:
                _began_with(crisis, alarm, actor)
            write(crisis, Kind.DECIDED, actor, did=Did.DECLARED, **_told(crisis))
            _tell(crisis, actor, "declared the crisis")
    except IntegrityError as error:
        raise CannotError(
            _("A crisis called “%(name)s” is open already.") % {"name": called}
        ) from error
    return crisis


def change_policy(
    crisis: Crisis, actor: Advisor, policy: Policy, *, on_call: Iterable[Advisor] | None = None
) -> None:
    """Work with this policy from now on. Nothing is written when it is the one in force."""
    access.require(actor, access.STEER)
    _check(policy)
    with transaction.atomic():
        require_open(crisis)
        crisis.refresh_from_db()
        before = _told(crisis)
        _set(crisis, policy)
        if on_call is not None:
            crisis.on_call.set(on_call)
        after = _told(crisis)
        if after == before:
            return
        crisis.policy_at = clock.now()
        crisis.save(update_fields=["reserve", "askers", "tone", "policy_at"])
        write(crisis, Kind.DECIDED, actor, did=Did.CHANGED_POLICY, was=before, **after)
        _tell(crisis, actor, "changed the policy of the crisis")


def stand_down(crisis: Crisis, actor: Advisor, why: str) -> None:
    """It is over. Promises that are still open stay open. Raises CannotError without a reason."""
    access.require(actor, access.STEER)
    reason = in_line(why, 300, _("Say why it is over, for the report."))
    with transaction.atomic():
        require_open(crisis)
        write(crisis, Kind.DECIDED, actor, did=Did.STOOD_DOWN, words=reason)
        crisis.stood_down_at, crisis.stood_down_by = clock.now(), actor
        crisis.why = reason
        crisis.save(update_fields=["stood_down_at", "stood_down_by", "why"])
        _tell(crisis, actor, "stood the crisis down")


def _began_with(crisis: Crisis, alarm: Alarm, actor: Advisor) -> None:
    acknowledge(alarm, actor)
    seen = {name: getattr(alarm, name) for name in ("came", "usual", "seconds")}
    problems = {"problems": alarm.problems_came, "problems_usual": alarm.problems_usual}
    question = alarm.question.name if alarm.question else ""
    detail = seen | problems | {"question": question, "area": alarm.area}
    write(crisis, Kind.KNOWN, None, did=Did.ALARM, at=crisis.began_at, **detail)


def _check(policy: Policy) -> None:
    if not policy.possible:
        raise CannotError(
            _(
                "The reserve lies between 0 and 3, and replies point to an answer once 2 to 1,000 "
                "people ask the same."
            )
        )


def _set(crisis: Crisis, policy: Policy) -> None:
    crisis.reserve, crisis.askers, crisis.tone = policy.reserve, policy.askers, policy.tone.value


def _told(crisis: Crisis) -> dict[str, Any]:
    """The policy as the timeline keeps it."""
    names = list(crisis.on_call.order_by("name", "pk").values_list("name", flat=True))
    return {
        "reserve": crisis.reserve,
        "askers": crisis.askers,
        "tone": crisis.tone,
        "on_call": names,
    }


def _tell(crisis: Crisis, actor: Advisor, did: str) -> None:
    """The frame of every page names the open crises, and the queue follows their policy."""
    live.changed(live.CRISIS, live.QUEUE)
    policy = {name: value for name, value in _told(crisis).items() if name != "on_call"}
    audit.line(actor, did, crisis.name, **policy)
