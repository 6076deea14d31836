"""The page of an expert: a question, a due time, and a field. No desk, no account, no cookie.

Whoever has the address may answer, so it is signed, ends, and shows nothing once it is shut.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from rejoinder.desk.experts import areas, links, rules, telling
from rejoinder.desk.guarding import said_since
from rejoinder.desk.models import BusinessArea, ReferralLink
from rejoinder.desk.refusals import CannotError
from rejoinder.plumbing import clock
from rejoinder.web.experts import choosing, sentences
from rejoinder.web.frame.acting import typed
from rejoinder.web.public import gate, render
from rejoinder.web.public.contact import page
from rejoinder.web.public.stock import the_house

strangers = gate.Recent()


@login_not_required
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def expert(request: HttpRequest, token: str) -> HttpResponse:
    """Shown until it is answered, taken back or over; then it says which, and nothing else."""
    link = links.found(token)
    if link is None:
        return _stranger(request)
    with render.spoken(_language(request, link), the_house()):
        answer = _answered(request, link, token) if request.method == "POST" else _shown(link)
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def _stranger(request: HttpRequest) -> HttpResponse:
    """Nobody's link; who tries many is told to stop."""
    network = gate.network(request.META.get("REMOTE_ADDR", ""))
    many = len(strangers.times(network)) >= gate.MOST
    strangers.came(network)
    with render.spoken("", the_house()):
        return page("public/expert.html", {"door": "unknown"}, 429 if many else 404)


def _shown(link: ReferralLink, words: str = "", text: str = "", status: int = 200) -> HttpResponse:
    door = rules.door(links.known(link), clock.now())
    if door is not rules.Door.OPEN:
        return page("public/expert.html", {"door": door.value, "words": words}, 410)
    asked = link.referral
    values: dict[str, Any] = {
        "door": door.value,
        "link": link,
        "asked": asked,
        "clock": sentences.clock_words(asked.due_at),
        "late": asked.due_at < clock.now(),
        "said": [each.text for each in said_since(asked.conversation)],
        "talk": [(sentences.who_said(each), each.text) for each in _talk(link)],
        "others": choosing.choices(_others(link)),
        "words": words,
        "text": text,
    }
    return page("public/expert.html", values, status)


def _talk(link: ReferralLink) -> Any:
    rows = link.referral.said.select_related("expert", "advisor", "area")
    return rows.exclude(text="").order_by("at", "id")


def _answered(request: HttpRequest, link: ReferralLink, token: str) -> HttpResponse:
    text = typed(request.POST, "text")
    try:
        did = _done(request, link, text)
    except telling.TooManyError as error:
        return _shown(link, str(error), text, 429)
    except CannotError as error:
        return _shown(link, str(error), text, 409)
    here = reverse("expert", args=[token])
    # The answer to a form is another page: pressing Reload sends nothing twice.
    return HttpResponseRedirect(here) if did == "asked" else _thanks(did)


def _done(request: HttpRequest, link: ReferralLink, text: str) -> str:
    does: dict[str, Callable[[], object]] = {
        "answer": lambda: telling.answer(link, text),
        "ask": lambda: telling.ask_back(link, text),
        "pass": lambda: telling.pass_on(
            link, choosing.chosen(typed(request.POST, "whom"), _others(link)), text
        ),
    }
    chosen = request.POST.get("do", "")
    if chosen not in does:
        raise CannotError(_("Press one of the buttons of this page."))
    does[chosen]()
    return {"answer": "thanks", "ask": "asked", "pass": "passed"}[chosen]


def _thanks(did: str) -> HttpResponse:
    return page("public/expert.html", {"door": did})


def _others(link: ReferralLink) -> list[BusinessArea]:
    return [each for each in areas.to_ask() if each.pk != link.referral.area_id]


def _language(request: HttpRequest, link: ReferralLink) -> str:
    asked = request.GET.get("in", "")
    return asked if asked in dict(settings.LANGUAGES) else link.expert.language
