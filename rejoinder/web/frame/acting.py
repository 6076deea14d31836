"""Who acts, and what every view that changes something does alike."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme

from rejoinder.listening.models import Conversation
from rejoinder.team import access
from rejoinder.team.models import Advisor

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def actor(request: HttpRequest) -> Advisor:
    """The signed-in advisor. The sign-in middleware let nobody else come this far."""
    return cast("Advisor", request.user)


def needs(right: str) -> Callable[[View], View]:
    """A page that only those with a right may open; others get the page that says so."""

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **values: Any) -> HttpResponseBase:
            access.require(actor(request), right)
            return view(request, *args, **values)

        return cast("View", guarded)

    return wrap


def say(request: HttpRequest, error: Exception) -> None:
    """Show why an action did not happen, on the page that comes next."""
    messages.error(request, str(error))


def posted(request: HttpRequest) -> QueryDict | None:
    """What was posted, for a form: None shows it empty, nothing posted shows what is missing."""
    return request.POST if request.method == "POST" else None


def typed(values: QueryDict, name: str) -> str:
    """What somebody typed into a field.

    Forms send CRLF for a line end (HTML, form submission), which platforms would count as two.
    A NUL is nothing one can type, and PostgreSQL takes none.
    """
    return values.get(name, "").replace("\r\n", "\n").replace("\0", "")


def number(request: HttpRequest, name: str) -> int | None:
    """A row's number from the address; None for none, and for what somebody mistyped."""
    given = request.GET.get(name, "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 19 else None


def back(request: HttpRequest, talk: Conversation) -> HttpResponse:
    """To the page the form stood on if it names one of ours, else to the conversation."""
    asked = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(asked) if ours else redirect("conversation", talk.public_id)


def find(reader: Advisor, public_id: UUID) -> Conversation:
    """The conversation, if the reader may see it. Raises Http404."""
    rows = Conversation.objects.select_related("person", "account", "holder")
    return get_object_or_404(access.visible(reader, rows), public_id=public_id)
