"""The crisis room: what is going on, what we do and say about it, what we promised."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rejoinder.answers import editions
from rejoinder.crisis import actions
from rejoinder.crisis.alarm import alarms, naming
from rejoinder.crisis.models import Alarm, Crisis, Kind, Promise
from rejoinder.crisis.policy import Policy, Tone
from rejoinder.crisis.refusals import CannotError
from rejoinder.listening.models import Conversation
from rejoinder.team import access
from rejoinder.team.models import Advisor
from rejoinder.web.answers.spreading import spread_out
from rejoinder.web.crisis.gathered import room
from rejoinder.web.frame.acting import actor, needs, say, typed
from rejoinder.web.frame.moments import NoMomentError, typed_moment

_KINDS = {kind.value: kind for kind in Kind}


@require_GET
@needs(access.READ)
def now(request: HttpRequest) -> HttpResponse:
    """The crisis that is open longest; without one, the same figures and how to declare one."""
    return _shown(request, actions.open_ones().first())


@require_GET
@needs(access.READ)
def crisis(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One crisis, open or over."""
    return _shown(request, _find(public_id))


@require_GET
@needs(access.READ)
def wall(request: HttpRequest) -> HttpResponse:
    """For the big screen: the figures large, and nothing to press."""
    values = room(actor(request), actions.open_ones().first(), allowance=False)
    return render(request, "crisis_wall.html", values)


@require_POST
@needs(access.STEER)
def declare(request: HttpRequest) -> HttpResponse:
    """Open a crisis, with a first word to everybody if one was written."""
    given = request.POST

    def do() -> Crisis:
        policy, on_call = _policy(given), _on_call(given)
        with transaction.atomic():  # both or nothing
            opened = actions.declare(
                actor(request),
                typed(given, "name"),
                policy,
                on_call=on_call,
                alarm=_alarm(typed(given, "alarm")),
            )
            if typed(given, "words").strip():
                _say(request, opened)
        return opened

    return _done(request, None, "declare", do)


@require_POST
@needs(access.ANSWER)
def acknowledge(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Somebody sees to an alarm."""
    alarm = get_object_or_404(Alarm, public_id=public_id)
    if not alarms.acknowledge(alarm, actor(request)):
        alarm.refresh_from_db()
        name = alarm.acknowledged_by.name if alarm.acknowledged_by else ""
        messages.info(request, _("%(name)s sees to this already.") % {"name": name})
    return redirect("crisis")


@require_POST
@needs(access.STEER)
def change_policy(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Work with another policy from now on."""
    found, given = _find(public_id), request.POST

    def do() -> None:
        wanted, on_call = _policy(given), _on_call(given)
        actions.change_policy(found, actor(request), wanted, on_call=on_call)

    return _done(request, found, "policy", do)


@require_POST
@needs(access.STEER)
def state(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say it to everybody, with the time of the next update."""
    found = _find(public_id)
    return _done(request, found, "state", lambda: _say(request, found))


@require_POST
@needs(access.ANSWER)
def note(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Write down what is known, decided, said or done."""
    found, given = _find(public_id), request.POST

    def do() -> None:
        kind = _KINDS.get(typed(given, "kind"), Kind.KNOWN)
        at = typed_moment(typed(given, "at")) if given.get("at") else None
        actions.note(found, actor(request), kind, typed(given, "words"), at)

    return _done(request, found, "note", do)


@require_POST
@needs(access.ANSWER)
def promise(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give our word, to everybody or to the person of a conversation."""
    found, given = _find(public_id), request.POST

    def do() -> None:
        due_at = typed_moment(typed(given, "due"))
        actions.promise(
            found,
            actor(request),
            typed(given, "words"),
            due_at,
            conversation=_conversation(actor(request), typed(given, "conversation")),
            keeper=_colleagues().filter(public_id=_uuid(typed(given, "keeper"))).first(),
        )

    return _done(request, found, "promise", do)


@require_POST
@needs(access.ANSWER)
def keep(request: HttpRequest, number: int) -> HttpResponse:
    """It is done as promised."""
    found = get_object_or_404(Promise.objects.select_related("crisis"), pk=number)
    given = typed(request.POST, "words")
    return _done(request, found.crisis, "keep", lambda: actions.keep(found, actor(request), given))


@require_POST
@needs(access.STEER)
def stand_down(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """It is over."""
    found, why = _find(public_id), typed(request.POST, "why")
    return _done(
        request, found, "stand-down", lambda: actions.stand_down(found, actor(request), why)
    )


@require_POST
@needs(access.STEER)
def set_places(request: HttpRequest) -> HttpResponse:
    """Which places are looked for in what people write."""
    given = request.POST

    def do() -> None:
        own, shipped = typed(given, "own"), given.get("shipped") == "yes"
        naming.set_places(actor(request), own, shipped=shipped)

    return _done(request, actions.open_ones().first(), "places", do)


def _say(request: HttpRequest, found: Crisis) -> None:
    given = request.POST
    actions.state(
        found,
        actor(request),
        typed(given, "words"),
        typed_moment(typed(given, "next")) if given.get("next") else None,
        publish=given.get("publish") == "yes",
        alone_why=typed(given, "alone"),
    )
    found.refresh_from_db(fields=["answer"])
    said = editions.current(found.answer) if found.answer else None
    if said is not None and given.get("publish") == "yes":
        spread_out(request, said)


def _shown(request: HttpRequest, found: Crisis | None, **also: Any) -> HttpResponse:
    figures = request.GET.get("part") == "figures"
    values = room(actor(request), found, allowance=not figures) | {"failed": "", "typed": {}} | also
    return render(request, "crisis.html", values, status=422 if also else 200)


def _done(
    request: HttpRequest, found: Crisis | None, form: str, do: Callable[[], Crisis | None]
) -> HttpResponse:
    """Do it and show the room; what cannot be done is said above the form, typed words kept."""
    try:
        changed = do() or found
    except (CannotError, NoMomentError) as error:
        say(request, error)
        return _shown(request, found, failed=form, typed=request.POST)
    return redirect("one-crisis", changed.public_id) if changed else redirect("crisis")


def _find(public_id: UUID) -> Crisis:
    return get_object_or_404(Crisis, public_id=public_id)


def _policy(given: QueryDict) -> Policy:
    """Raises CannotError for what is no number."""
    try:
        tone = given.get("tone", Tone.PLAIN.value)
        return Policy(
            reserve=float(typed(given, "reserve")),
            askers=int(typed(given, "askers")),
            tone=Tone(tone) if tone in list(Tone) else Tone.PLAIN,
        )
    except ValueError as error:
        raise CannotError(_("Write numbers for the reserve and the people who ask.")) from error


def _on_call(given: QueryDict) -> list[Advisor]:
    named = [found for each in given.getlist("on_call") if (found := _uuid(each))]
    return list(_colleagues().filter(public_id__in=named))


def _colleagues() -> Any:
    return Advisor.objects.filter(is_active=True)


def _alarm(given: str) -> Alarm | None:
    found = _uuid(given)
    return Alarm.objects.filter(public_id=found).first() if found else None


def _conversation(reader: Advisor, address: str) -> Conversation | None:
    """The one whose address was pasted; None for none. Raises CannotError for another address."""
    given = address.strip()
    if not given:
        return None
    found = _uuid(given.rstrip("/").rpartition("/")[2])
    rows = access.visible(reader, Conversation.objects.all())
    talk = rows.filter(public_id=found).first() if found else None
    if talk is None:
        raise CannotError(_("This is not the address of a conversation."))
    return talk


def _uuid(given: str) -> UUID | None:
    try:
        return UUID(given)
    except ValueError:
        return None
