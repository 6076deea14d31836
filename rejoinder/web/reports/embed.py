"""The page of a link to a view: its chart and table, for sites that were named. No account, no
cookie, nothing to press that changes anything.
"""

from collections import OrderedDict
from datetime import datetime, timedelta
from threading import Lock

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from rejoinder.plumbing import clock
from rejoinder.reporting.explore import asking, links
from rejoinder.reporting.explore.cells import TooManyError
from rejoinder.reporting.explore.sites import frame_ancestors
from rejoinder.reporting.explore.tables import answer
from rejoinder.reporting.few import FEW
from rejoinder.reporting.models import SavedView, ViewLink
from rejoinder.web.public import gate, render
from rejoinder.web.public.stock import the_house
from rejoinder.web.reports import explore_shown
from rejoinder.web.templatetags.desk import at

POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
FRESH = timedelta(minutes=1)  # so long a page that many open is counted once
KEPT = 200  # pages that are kept so
strangers = gate.Recent()


class Pages:
    """What was made lately, in this process alone: many readers of a link are one question."""

    def __init__(self) -> None:
        self._made: OrderedDict[tuple[int, str], tuple[datetime, str]] = OrderedDict()
        self._lock = Lock()

    def page(self, view: SavedView, language: str) -> str:
        """The page of a view in a language."""
        key = (view.pk, language)
        with self._lock:
            known = self._made.get(key)
        if known and known[0] <= clock.now() < known[0] + FRESH:
            return known[1]
        text = _open(view)
        with self._lock:
            self._made[key] = (clock.now(), text)
            self._made.move_to_end(key)
            if len(self._made) > KEPT:
                self._made.popitem(last=False)
        return text

    def forget(self) -> None:
        """Everything."""
        with self._lock:
            self._made.clear()


pages = Pages()


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD"])
def embed(request: HttpRequest, token: str) -> HttpResponse:
    """Shown until it ends."""
    link = links.found(token)
    if link is None:
        return _unknown(request)
    with render.spoken(_language(request), the_house()):
        if not links.is_open(link):
            return _answer(_page({"door": "ended"}), 410, link)
        return _answer(pages.page(link.view, translation.get_language() or ""), 200, link)


def _unknown(request: HttpRequest) -> HttpResponse:
    """Nobody's; who tries many is told to stop."""
    network = gate.network(request.META.get("REMOTE_ADDR", ""))
    many = len(strangers.times(network)) >= gate.MOST
    strangers.came(network)
    with render.spoken(_language(request), the_house()):
        text = _page({"door": "many" if many else "unknown"})
    return _answer(text, 429 if many else 404, None)


def _open(view: SavedView) -> str:
    asked = asking.asked(view.asks)
    try:
        found = answer(asked)
    except TooManyError:
        found = None
    values = {
        "door": "open",
        "title": view.name,
        "said": explore_shown.said(asked, explore_shown.names_of(asked)),
        "too_many": found is None,
        "shown": explore_shown.shown(found) if found else [],
        "charts": explore_shown.CHARTS,
        "axis": explore_shown.axis(found) if found else {},
        "closed": found.closed if found else 0,
        "few": FEW,
        "at": at(clock.now()),
    }
    return _page(values)


def _page(values: dict[str, object]) -> str:
    return render_to_string("public/embed.html", {"house": the_house(), **values})


def _answer(text: str, status: int, link: ViewLink | None) -> HttpResponse:
    """Framed where the link says; a link that ended says so there too."""
    sites = link.sites if link else []
    sent = HttpResponse(text, status=status)
    sent.headers["Content-Security-Policy"] = f"{POLICY}; {frame_ancestors(sites)}"
    sent.headers["Referrer-Policy"] = "no-referrer"
    # X-Frame-Options knows no list of sites; the policy above says it all.
    sent.xframe_options_exempt = bool(sites)
    return sent


def _language(request: HttpRequest) -> str:
    """The one asked for, else the browser's, as the middleware found it."""
    asked = request.GET.get("in", "")
    return asked if asked in dict(settings.LANGUAGES) else translation.get_language() or ""
