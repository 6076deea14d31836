"""The coverage page: the hours of the next month, what is expected in them, and who is there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from rejoinder.desk import cover
from rejoinder.desk.cover import Cover
from rejoinder.team import access
from rejoinder.team.models import Hours
from rejoinder.team.rota import duty
from rejoinder.team.rota.coverage import HOUR
from rejoinder.web.frame import words
from rejoinder.web.frame.acting import needs

GAPS = 8  # shown in words
HOURS = range(24)


@dataclass(frozen=True, slots=True)
class Cell:
    """One hour. `state` is nobody, part, few or enough; `expected` is empty where it is unknown."""

    state: str
    people: int
    expected: str
    words: str


@dataclass(frozen=True, slots=True)
class Day:
    """A row: 24 hours on the wall; None for one that is over, or that clocks skip."""

    day: date
    cells: list[Cell | None]


@require_GET
@needs(access.READ)
def coverage(request: HttpRequest) -> HttpResponse:
    """Of everybody, or of those who speak or know something."""
    if not duty.duty().is_kept:
        return render(request, "coverage.html", {"is_kept": False})
    language, skill = (request.GET.get(name, "").strip()[:40] for name in ("language", "skill"))
    found = cover.cover(timezone.get_current_timezone_name(), language=language, skill=skill)
    values = {
        "is_kept": True,
        "sentence": _sentence(found),
        "gaps": found.gaps[:GAPS],
        "more": max(0, len(found.gaps) - GAPS),
        "days": list(_days(found)),
        "hours": HOURS,
        "language": language,
        "skill": skill,
        "languages": _offered("languages"),
        "skills": _offered("skills"),
        "is_known": found.expected is not None,
    }
    return render(request, "coverage.html", values)


def _sentence(found: Cover) -> str:
    hours = sum((gap.ends - gap.begins) // HOUR for gap in found.gaps)
    if not hours:
        return _("Somebody is on duty in every hour of the next month.")
    alone = ngettext(
        "In %(n)s hour of the next month nobody is on duty.",
        "In %(n)s hours of the next month nobody is on duty.",
        hours,
    ) % {"n": words.figure(hours)}
    if found.expected is None:
        return f"{alone} {_('What is expected is known once mentions were heard.')}"
    return f"{alone} {_expected(sum(gap.expected for gap in found.gaps))}"


def _expected(many: float) -> str:
    shown = round(many)
    return ngettext(
        "About %(n)s mention is expected meanwhile.",
        "About %(n)s mentions are expected meanwhile.",
        shown,
    ) % {"n": words.figure(shown)}


def _days(found: Cover) -> Iterator[Day]:
    rows: dict[date, list[Cell | None]] = {}
    for place, fewest in enumerate(found.covered.fewest.tolist()):
        at = timezone.localtime(found.covered.begins + place * HOUR)
        row = rows.setdefault(at.date(), [None] * 24)
        cell = _cell(found, place, fewest)
        before = row[at.hour]
        # An hour that comes twice shows the worse of the two.
        row[at.hour] = cell if before is None or cell.people < before.people else before
    return (Day(day, cells) for day, cells in rows.items())


def _cell(found: Cover, place: int, fewest: int) -> Cell:
    nobody, can = float(found.covered.nobody[place]), float(found.covered.can_help[place])
    wanted = None if found.expected is None else float(found.expected[place])
    if nobody == 1:
        state, said = "nobody", _("nobody")
    elif nobody:
        state, said = "part", _("nobody for a part of it")
    elif wanted is not None and wanted > can:
        state, said = "few", _("fewer than it takes")
    else:
        state, said = "enough", _("enough")
    return Cell(state, fewest, "" if wanted is None else words.figure(round(wanted)), said)


def _offered(name: str) -> list[str]:
    """What anybody speaks or knows."""
    rows = Hours.objects.filter(advisor__is_active=True).values_list(name, flat=True)
    return sorted({each for row in rows for each in row})
