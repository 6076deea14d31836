"""One incident: what is known of it, what regulators were told, what it is linked to, its end."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from rejoinder.crisis import regarding
from rejoinder.privacy.incidents import notifying, registering
from rejoinder.team import access
from rejoinder.web.frame.acting import actor, needs, typed
from rejoinder.web.incidents import given
from rejoinder.web.incidents.page import done, find, show


@require_GET
@needs(access.AUDIT)
def incident(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The page."""
    return show(request, find(public_id))


@require_POST
@needs(access.PRIVACY)
def change(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Write down what is known by now."""
    found = find(public_id)

    def do() -> None:
        registering.change(found, actor(request), given.known(request.POST, found))

    return done(request, found, "change", do)


@require_POST
@needs(access.PRIVACY)
def notify(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Write down what a regulator was told, or why not."""
    found, posted = find(public_id), request.POST

    def do() -> None:
        rule, said = typed(posted, "rule"), typed(posted, "words")
        if posted.get("needless") == "yes":
            notifying.needless(found, actor(request), rule, said)
            return
        at, reference = given.moment(posted, "at"), typed(posted, "reference")
        notifying.sent(found, actor(request), rule, said, at=at, reference=reference)

    return done(request, found, f"notify-{typed(posted, 'rule')}", do)


@require_POST
@needs(access.PRIVACY)
def link(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Link it to a crisis and to a public answer."""
    found = find(public_id)
    crisis, answer = given.crisis(request.POST), given.answer(request.POST)
    return done(
        request, found, "link", lambda: regarding.link(found, actor(request), crisis, answer)
    )


@require_POST
@needs(access.PRIVACY)
def close(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """It is over."""
    found = find(public_id)
    return done(request, found, "close", lambda: registering.close(found, actor(request)))
