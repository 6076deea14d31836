"""Pages for what went wrong: each says what happened and what to do."""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the role does not include this."""
    words = _("Your role does not include this. Ask an owner of the desk if you need it.")
    return _page(request, 403, _("This is not yours to do"), words)


def no_csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form did not come from a page of this desk, or the page was too old."""
    words = _("The form was too old, or did not come from this desk. Go back, reload, try again.")
    return _page(request, 403, _("The form was not accepted"), words)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    words = _("The address may be mistyped, or what stood here is gone.")
    return _page(request, 404, _("There is nothing here"), words)


def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    words = _("The request was damaged on its way. Go back and try again.")
    return _page(request, 400, _("The desk did not understand this"), words)


def broken(request: HttpRequest) -> HttpResponse:
    """500: plain, because a template or the database may be what broke."""
    return HttpResponse(
        "The desk could not show this page. Nothing you wrote is lost: drafts are kept as you "
        "type.\nTry again in a minute; if it stays, the log on the machine says what happened.\n",
        status=500,
        content_type="text/plain; charset=utf-8",
    )


def wants_json(request: HttpRequest) -> bool:
    """Whether a script of ours asks, rather than somebody who reads a page."""
    return "application/json" in request.headers.get("Accept", "")


def _page(request: HttpRequest, status: int, title: str, words: str) -> HttpResponse:
    if wants_json(request):
        body = json.dumps({"error": words})
        return HttpResponse(body, status=status, content_type="application/json")
    return render(request, "error.html", {"title": title, "words": words}, status=status)
