"""The desk's own work: load, handovers, crises, answers, allowance, and what came of it."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rejoinder.budget.rules import KEPT
from rejoinder.plumbing import clock
from rejoinder.reporting.few import FEW
from rejoinder.reporting.work import answers, spent, team
from rejoinder.reporting.work.back import back
from rejoinder.reporting.work.feedback import WEEK
from rejoinder.team import access
from rejoinder.web.frame.acting import needs
from rejoinder.web.reports import work_words

PERIODS = (1, 7, 28, 90)  # days
USUAL = 7


@require_GET
@needs(access.READ)
def report(request: HttpRequest) -> HttpResponse:
    """The last days. Who came back is told of those a week before, whose time is over."""
    days = _days(request)
    now = clock.now()
    ends = now.replace(minute=0, second=0, microsecond=0)
    begins = ends - timedelta(days=days)
    load = team.load(begins, ends)
    values = {
        "days": days,
        "periods": PERIODS,
        "load": load,
        "drawn": work_words.drawn(load.hours),
        "sentence": work_words.sentence(load),
        "handovers": team.handovers(begins, now, now),
        "crises": team.crises(),
        "used": answers.used(begins, now),
        "uncovered": answers.uncovered(begins, now),
        "turned": [(each, work_words.mood(each.mood)) for each in answers.turned(begins, now)],
        "again": list(back(begins - WEEK, now - WEEK, now).items()),
        "replies": spent.replies(begins, now),
        "units": spent.units(begins, now),
        "all_units": spent.known(begins, now),
        "kept": KEPT.days,
        "few": FEW,
    }
    return render(request, "reports/work.html", values)


def _days(request: HttpRequest) -> int:
    asked = request.GET.get("days", "")
    return int(asked) if asked.isdecimal() and int(asked) in PERIODS else USUAL
