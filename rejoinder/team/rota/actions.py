"""Writing the rota: an ordinary week, and changes of single days."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from rejoinder.plumbing import clock, live
from rejoinder.team import access, audit, holidays
from rejoinder.team.models import Advisor, DayChange, Hours
from rejoinder.team.rota import week as weeks

PACE = (1, 500)  # people in an hour
LONGEST = timedelta(days=366)  # of a change
TAGS = 20  # languages, or skills
TAG = 40  # letters


class CannotChangeRotaError(Exception):
    """What was typed cannot stand in a rota. The message says why."""


def may_write(actor: Advisor) -> bool:
    """Whoever steers."""
    return access.may(actor, access.STEER)


def set_hours(
    actor: Advisor,
    colleague: Advisor,
    *,
    typed: str,
    place: str = "",
    pace: int = 12,
    languages: Sequence[str] = (),
    skills: Sequence[str] = (),
) -> Hours:
    """Somebody works so in an ordinary week from now on. Raises CannotChangeRotaError."""
    access.require(actor, access.STEER)
    week = week_of(typed)
    check_place(place)
    if not PACE[0] <= pace <= PACE[1]:
        raise CannotChangeRotaError(_("Somebody helps 1 to 500 people in an hour."))
    values = {
        "week": week,
        "place": place,
        "pace": pace,
        "languages": _tags(languages),
        "skills": _tags(skills),
        "changed_at": clock.now(),
    }
    with transaction.atomic():
        row, _new = Hours.objects.update_or_create(advisor=colleague, defaults=values)
        audit.line(actor, "wrote the hours of", colleague, hours=typed.strip()[:200])
        live.changed(live.team(colleague.public_id))
    return row


def change_days(
    actor: Advisor,
    colleague: Advisor,
    first: date,
    last: date,
    *,
    typed: str = "",
    why: str = "",
) -> DayChange:
    """Other hours on these days; none typed: away. Raises CannotChangeRotaError."""
    access.require(actor, access.STEER)
    if not first <= last <= first + LONGEST:
        raise CannotChangeRotaError(_("The last day is not before the first, nor a year after it."))
    try:
        hours = weeks.read_hours(typed)
    except weeks.NoHoursError as error:
        raise _slip(error) from None
    with transaction.atomic():
        row = DayChange.objects.create(
            advisor=colleague,
            first=first,
            last=last,
            hours=hours,
            why=why.strip()[:100],
            made_at=clock.now(),
        )
        # Why somebody is away is nobody's business but theirs: the audit has the days alone.
        audit.line(actor, "changed days of", colleague, first=str(first), last=str(last))
        live.changed(live.team(colleague.public_id))
    return row


def drop_change(actor: Advisor, change: DayChange) -> None:
    """The ordinary week holds again on these days."""
    access.require(actor, access.STEER)
    with transaction.atomic():
        if DayChange.objects.filter(pk=change.pk).delete()[0]:
            days = {"first": str(change.first), "last": str(change.last)}
            audit.line(actor, "dropped a change of days of", change.advisor, **days)
            live.changed(live.team(change.advisor.public_id))


def week_of(typed: str) -> weeks.Week:
    """Raises CannotChangeRotaError."""
    try:
        return weeks.read(typed)
    except weeks.NoHoursError as error:
        raise _slip(error) from None


def check_place(place: str) -> None:
    """Raises CannotChangeRotaError for a place whose public holidays nobody can tell."""
    if not holidays.known(place):
        raise CannotChangeRotaError(
            _("No public holidays are known of this place. Write GB-ENG or DE-BY.")
        )


def _slip(error: weeks.NoHoursError) -> CannotChangeRotaError:
    words = _(
        "“%(part)s” is no working time. Write Mon-Fri 8-12 13-17:30, Sat 22-6, holidays 10-14."
    )
    return CannotChangeRotaError(words % {"part": error.part})


def _tags(given: Sequence[str]) -> list[str]:
    found = dict.fromkeys(each.strip().casefold()[:TAG] for each in given if each.strip())
    return sorted(found)[:TAGS]
