"""What is said, by area of the business; and leads saying which question is whose."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from rejoinder.desk.experts import areas
from rejoinder.desk.models import BusinessArea
from rejoinder.listening.models import Mention
from rejoinder.plumbing import clock
from rejoinder.reporting import mapping
from rejoinder.reporting.few import FEW
from rejoinder.reporting.heard import Read, read
from rejoinder.reporting.spans import BACK, ENOUGH, WEEK, before
from rejoinder.reporting.themes import Theme
from rejoinder.reporting.zone import zone
from rejoinder.team import access
from rejoinder.web.frame import words
from rejoinder.web.frame.acting import actor, needs, typed
from rejoinder.web.reports import theme_words

PERIODS = (WEEK, 1)  # days


@dataclass(frozen=True, slots=True)
class Shown:
    """One area on the page; `quotes` are texts, each with the conversation to open, if any."""

    area: BusinessArea
    theme: Theme
    sentence: str
    usual: str
    moods: str
    negative: str
    quotes: list[tuple[str, object]]


@require_GET
@needs(access.READ)
def themes(request: HttpRequest) -> HttpResponse:
    """The last whole days."""
    among = list(areas.kept())
    asked = request.GET.get("days", "")
    days = next((each for each in PERIODS if str(each) == asked), WEEK)
    span = before(timezone.localdate(clock.now(), zone()), days)
    found = read(span, among)
    values = {
        "days": days,
        "periods": PERIODS,
        "span": theme_words.days(span),
        "sentence": theme_words.how_much(found.whole),
        "moods": theme_words.moods(found.whole),
        "areas": shown(found, among),
        "rest": theme_words.rest(found),
        "may_map": mapping.may_map(actor(request)),
        "few": FEW,
        "back": BACK,
        "enough": ENOUGH,
    }
    return render(request, "reports/themes.html", values)


def shown(found: Read, among: list[BusinessArea]) -> list[Shown]:
    """Each area in words, the one with most people first, those of few people last."""
    quotes = [each.mention for theme in found.areas.values() for each in theme.quotes]
    rows = Mention.objects.filter(pk__in=quotes, conversation__isnull=False)
    opens = dict(rows.values_list("pk", "conversation__public_id"))
    told = [
        Shown(
            area,
            theme := found.areas[area.pk],
            theme_words.how_much(theme),
            theme_words.usual(theme.usual),
            theme_words.moods(theme),
            theme_words.negative(theme),
            [(each.text, opens.get(each.mention)) for each in theme.quotes],
        )
        for area in among
    ]
    return sorted(told, key=_most_people_first)


def _most_people_first(one: Shown) -> tuple[int, str]:
    return (-one.theme.whole.people if one.theme.whole else 1, one.area.name)


@require_GET
@needs(access.READ)
def mapped(request: HttpRequest) -> HttpResponse:
    """Each question with a name and its area; a form for those who may say it."""
    values = {
        "mapped": mapping.mapped(),
        "areas": areas.kept(),
        "may_map": mapping.may_map(actor(request)),
    }
    return render(request, "reports/mapping.html", values)


@require_POST
@needs(access.STEER)
def keep(request: HttpRequest) -> HttpResponse:
    """Every question on the page at once."""
    known = {str(each.pk): each for each in areas.kept()}
    wanted = {
        question.pk: known.get(typed(request.POST, f"question-{question.pk}"))
        for question, _area in mapping.mapped()
        if f"question-{question.pk}" in request.POST
    }
    changed = mapping.keep(actor(request), wanted)
    said = ngettext(
        "%(n)s question changed its area.", "%(n)s questions changed their area.", changed
    )
    messages.success(request, said % {"n": words.figure(changed)})
    return redirect("map-questions")


@require_POST
@needs(access.STEER)
def begin(request: HttpRequest) -> HttpResponse:
    """Areas as many houses have them, to begin with."""
    mapping.begin(
        actor(request),
        {
            _("Network"): ["outage", "coverage"],
            _("Billing"): ["billing"],
            _("Phones"): ["device"],
            _("Sales and contracts"): ["sales", "churn"],
            _("Accounts"): ["account"],
            _("Privacy"): ["privacy", "phishing"],
        },
    )
    return redirect("themes")
