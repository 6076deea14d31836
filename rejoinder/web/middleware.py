"""What every page carries: its content policy, and the reader's own time zone and language."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

Handler = Callable[[HttpRequest], HttpResponse]

# No inline code, nothing from elsewhere. Pictures that people posted are shown through the desk.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'"
    "; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


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
            return handle(request)

    return middleware
