"""Waits by the hour of the day, by area, and by colleague where that was agreed."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from rejoinder.desk.experts import areas
from rejoinder.reporting import timeliness
from rejoinder.reporting.heard import area_finder
from rejoinder.reporting.wait import Wait
from rejoinder.reporting.zone import zone
from rejoinder.team import access, organisation
from rejoinder.team.models import Advisor
from rejoinder.web.reports.shown import Shown, row, stretch


@dataclass(frozen=True, slots=True)
class Grouped:
    """One table: `by` is its name in files, `heading` and `column` what people read, `sentence`
    what stands out in it. Of colleagues nothing does: nobody is ranked.
    """

    by: str
    heading: str
    column: str
    rows: list[Shown]
    sentence: str = ""


def shown(waits: Sequence[Wait], reader: Advisor) -> list[Grouped]:
    """Each table that has a row. Colleagues are compared for whoever steers, and only there."""
    found = [_hours(waits), _areas(waits)]
    if organisation.standing().compares_advisors and access.may(reader, access.STEER):
        found.append(_advisors(waits))
    return [each for each in found if each.rows]


def _hours(waits: Sequence[Wait]) -> Grouped:
    groups = timeliness.by_hour(waits, zone())
    rows = [row(group, f"{group.key:02}–{(group.key + 1) % 24:02}") for group in groups]
    return Grouped("hour", _("By hour of the day"), _("Hour"), rows, _far_apart(rows))


def _areas(waits: Sequence[Wait]) -> Grouped:
    kept = list(areas.kept())
    names, of = {each.pk: each.name for each in kept}, area_finder(kept)
    groups = timeliness.by_area(waits, lambda wait: of(wait.question, wait.intent))
    rows = [row(group, names.get(group.key, _("no area"))) for group in groups] if kept else []
    ordered = sorted(rows, key=lambda each: each.label)
    return Grouped("area", _("By area"), _("Area"), ordered, _far_apart(ordered))


def _far_apart(rows: Sequence[Shown]) -> str:
    """Where half waited longest, and where least."""
    known = {each.label: each.half_within for each in rows if each.half_within is not None}
    if not known:
        return _("In none of these have half of the people had an answer.")
    slow, quick = max(known, key=known.__getitem__), min(known, key=known.__getitem__)
    if slow == quick:
        return ""
    said = _("Longest: %(slow)s, half within %(long)s. Shortest: %(quick)s, half within %(short)s.")
    return said % {
        "slow": slow,
        "long": stretch(known[slow]),
        "quick": quick,
        "short": stretch(known[quick]),
    }


def _advisors(waits: Sequence[Wait]) -> Grouped:
    groups = timeliness.by_advisor(waits)
    names = dict(
        Advisor.objects.filter(pk__in=[group.key for group in groups]).values_list("pk", "name")
    )
    rows = [row(group, names.get(group.key, "")) for group in groups]
    ordered = sorted(rows, key=lambda each: each.label)
    return Grouped("advisor", _("By colleague who answered"), _("Colleague"), ordered)
