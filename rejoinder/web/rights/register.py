"""The register of requests: those that wait, those that were answered, and how to open one."""

from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rejoinder.desk.models import RightsRequest
from rejoinder.desk.refusals import CannotError
from rejoinder.desk.rights import register
from rejoinder.desk.rights.rules import Kind
from rejoinder.listening.models import Conversation
from rejoinder.plumbing import clock, ids
from rejoinder.team import access
from rejoinder.web.frame import moments
from rejoinder.web.frame.acting import actor, needs, number, say, typed
from rejoinder.web.rights import sentences

SIZE = 50  # answered ones on a page


class Line(NamedTuple):
    """A request that waits, with its clock."""

    request: RightsRequest
    kind: str
    standing: str
    late: bool


@require_GET
@needs(access.READ)
def requests(request: HttpRequest) -> HttpResponse:
    """All that wait for an answer; `conversation` prefills the form."""
    return _shown(request, {"conversation": request.GET.get("conversation", "")})


@require_POST
@needs(access.ANSWER)
def open_one(request: HttpRequest) -> HttpResponse:
    """Somebody asks for something by their rights."""
    given = request.POST
    try:
        kind = typed(given, "kind")
        if kind not in list(Kind):
            raise CannotError(_("Say what they ask for."))
        came_at = moments.typed_moment(typed(given, "came_at"))
        talk = named_conversation(request)
        made = register.open_one(talk, actor(request), Kind(kind), came_at, typed(given, "words"))
    except (CannotError, moments.NoMomentError) as error:
        say(request, error)
        return _shown(request, given, failed=True)
    return redirect("rights-request", made.public_id)


def _shown(request: HttpRequest, shown: Any, *, failed: bool = False) -> HttpResponse:
    labels = sentences.kind_labels()
    over = RightsRequest.objects.exclude(answered_at=None).order_by("-pk")
    if (before := number(request, "before")) is not None:
        over = over.filter(pk__lt=before)
    closed = list(over[: SIZE + 1])
    outcomes = sentences.outcome_labels()
    values = {
        "lines": [_line(each, labels) for each in register.open_ones()],
        "closed": [(each, labels[each.kind], outcomes[each.outcome]) for each in closed[:SIZE]],
        "older": closed[SIZE - 1].pk if len(closed) > SIZE else None,
        "kinds": labels.items(),
        "shown": shown,
        "now": moments.as_moment(clock.now()),
        "failed": failed,
        "may_answer": access.may(actor(request), access.ANSWER),
    }
    return render(request, "rights/register.html", values, status=422 if failed else 200)


def _line(row: RightsRequest, labels: dict[str, str]) -> Line:
    due_at = register.due(row)
    late = sentences.is_late(row, due_at)
    return Line(row, labels[row.kind], sentences.standing(row, due_at), late)


def named_conversation(request: HttpRequest) -> Conversation:
    """The one whose address was pasted. Raises CannotError."""
    address = typed(request.POST, "conversation").strip().rstrip("/")
    rows = access.visible(actor(request), Conversation.objects.all())
    named = ids.read(address.rpartition("/")[2])
    talk = rows.filter(public_id=named).first() if named else None
    if talk is None:
        raise CannotError(_("This is not the address of a conversation."))
    return talk
