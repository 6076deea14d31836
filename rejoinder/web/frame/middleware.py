"""What every page carries: its content policy, the reader's own time zone and language, and a
plain sentence for what somebody may not do.
"""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from rejoinder.plumbing import giving_way, tracing
from rejoinder.team.access import NotAllowedError
from rejoinder.web.frame import errors

Handler = Callable[[HttpRequest], HttpResponse]

# No inline code, nothing from elsewhere. Pictures that people posted are named, not loaded.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'"
    "; media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'"
    "; frame-ancestors 'none'"
)


# Pages that read for long; whoever takes the next conversation goes first.
LONG = ("/reports/", "/api/v1/reports/")


def gives_way(handle: Handler) -> Handler:
    """Reports stand aside between two queries while any other page is made."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(LONG):
            with giving_way.short():
                return handle(request)
        with giving_way.long(), connection.execute_wrapper(giving_way.between_queries):
            return handle(request)

    return middleware


def traced(handle: Handler) -> Handler:
    """A span for each page, by its route: the address itself may hold what somebody typed."""

    def middleware(request: HttpRequest) -> HttpResponse:
        method = request.method or ""
        with tracing.span(method, "SERVER") as span:
            response = handle(request)
            if request.resolver_match:
                route = f"/{request.resolver_match.route}"
                span.rename(f"{method} {route}")
                span.tell("http.route", route)
            span.tell("http.request.method", method)
            span.tell("http.response.status_code", response.status_code)
            if response.status_code >= 500:
                span.failed(str(response.status_code))
            return response

    return middleware


def content_security_policy(handle: Handler) -> Handler:
    """Sets the Content-Security-Policy."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = handle(request)
        response.setdefault("Content-Security-Policy", POLICY)
        return response

    return middleware


def own_time_and_language(handle: Handler) -> Handler:
    """Shows times and words as the signed-in advisor chose them."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return handle(request)
        with timezone.override(ZoneInfo(request.user.time_zone)):
            if translation.get_language() != request.user.language:
                translation.activate(request.user.language)
            response = handle(request)
        response.headers["Content-Language"] = translation.get_language()
        # What people wrote stays out of caches, and Back after signing out shows nothing.
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware


class Rights:
    """Turns a missing right into a page that says so."""

    def __init__(self, handle: Handler) -> None:
        self._handle = handle

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._handle(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for NotAllowedError; anything else is somebody else's."""
        if not isinstance(error, NotAllowedError):
            return None
        return errors.not_allowed(request, error)
