"""The page of a digest: the week of one area, and fields to answer it. No account, no cookie.

Whoever has the address may answer, so it is signed, ends, and shows nothing once it is shut.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from rejoinder.desk.experts import areas
from rejoinder.desk.experts.telling import TooManyError
from rejoinder.desk.refusals import CannotError
from rejoinder.listening.models import Question
from rejoinder.reporting.digest import answering, choosing, links
from rejoinder.reporting.digest.sending import span
from rejoinder.reporting.heard import read
from rejoinder.reporting.models import Digest
from rejoinder.reporting.themes import Theme
from rejoinder.web.frame.acting import typed
from rejoinder.web.public import gate, render
from rejoinder.web.public.contact import page
from rejoinder.web.public.stock import the_house
from rejoinder.web.reports import theme_words

strangers = gate.Recent()


@login_not_required
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def digest(request: HttpRequest, token: str) -> HttpResponse:
    """Shown until it ends."""
    found = links.found(token)
    if found is None or not links.is_open(found):
        return _shut(request, found)
    with render.spoken(_language(request, found), the_house()):
        answer = _posted(request, found) if request.method == "POST" else _shown(found)
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def _shut(request: HttpRequest, found: Digest | None) -> HttpResponse:
    """Ended, or nobody's; who tries many is told to stop."""
    with render.spoken(_language(request, found) if found else "", the_house()):
        if found is not None:
            return page("public/digest.html", {"door": "ended"}, 410)
        network = gate.network(request.META.get("REMOTE_ADDR", ""))
        many = len(strangers.times(network)) >= gate.MOST
        strangers.came(network)
        return page("public/digest.html", {"door": "unknown"}, 429 if many else 404)


def _shown(found: Digest, words: str = "", text: str = "", status: int = 200) -> HttpResponse:
    week = span(found)
    theme = read(week, list(areas.kept())).areas.get(found.area_id, Theme(None))
    chosen = choosing.chosen().get(found.area_id)
    values: dict[str, Any] = {
        "door": "open",
        "digest": found,
        "days": theme_words.days(week),
        "sentence": theme_words.how_much(theme),
        "moods": theme_words.moods(theme),
        "theme": theme,
        "said": found.said.select_related("question").order_by("at", "id"),
        "words": words,
        "text": text,
        "longest": answering.LONGEST,
        "chosen": chosen if chosen and chosen.expert_id == found.expert_id else None,
        "weekdays": WEEKDAYS.items(),
        "hours": range(24),
    }
    return page("public/digest.html", values, status)


def _posted(request: HttpRequest, found: Digest) -> HttpResponse:
    text = typed(request.POST, "text")
    try:
        if request.POST.get("do") == "time":
            choosing.choose_own(found, *_moment(request))
        else:
            answering.say(found, text, _question(request))
    except TooManyError as error:
        return _shown(found, str(error), text, 429)
    except CannotError as error:
        return _shown(found, str(error), text, 409)
    # The answer to a form is another page: pressing Reload sends nothing twice.
    return HttpResponseRedirect(request.path)


def _moment(request: HttpRequest) -> tuple[int, int]:
    given = [typed(request.POST, name) for name in ("weekday", "hour")]
    if not all(each.isascii() and each.isdecimal() for each in given):
        raise CannotError(_("Choose a day of the week and a full hour."))
    return int(given[0]), int(given[1])


def _question(request: HttpRequest) -> Question | None:
    """None for everything that the area hears; of no name, no question."""
    given = typed(request.POST, "question")
    if not given.isascii() or not given.isdecimal() or len(given) > 18:
        return None
    return Question.objects.filter(pk=int(given)).exclude(name="").first()


def _language(request: HttpRequest, found: Digest) -> str:
    asked = request.GET.get("in", "")
    return asked if asked in dict(settings.LANGUAGES) else found.expert.language
