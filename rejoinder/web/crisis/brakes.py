"""The brakes of the crisis room: pause planned posts everywhere, lock one account."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from rejoinder.channels.models import Account
from rejoinder.crisis import actions
from rejoinder.outbox import lock as locks
from rejoinder.outbox import pause as pauses
from rejoinder.outbox.models import Lock, Pause, Stranger
from rejoinder.outbox.pause import LookAgainError
from rejoinder.team import access
from rejoinder.team.models import Advisor
from rejoinder.web.frame import words
from rejoinder.web.frame.acting import actor, needs, say, typed


@dataclass(frozen=True, slots=True)
class Brakes:
    """How they stand, and what the reader may do with them."""

    pause: Pause | None
    held: int
    leaving: int
    accounts: list[Account]
    locked: list[Lock]
    strangers: list[Stranger]
    may_pause: bool
    may_stop: bool
    may_revoke: bool


def brakes(reader: Advisor) -> Brakes:
    """As they stand now."""
    held = pauses.held()
    locked = Lock.objects.filter(unlocked_at=None).select_related("account", "advisor")
    accounts = Account.objects.filter(disconnected_at=None).order_by("channel", "handle")
    return Brakes(
        pause=pauses.paused(),
        held=held.count,
        leaving=len(held.leaving),
        accounts=list(accounts.exclude(pk__in=locked.values("account"))),
        locked=list(locked.order_by("at")),
        strangers=locks.alarms(),
        may_pause=actions.may_pause(reader),
        may_stop=actions.may_stop(reader),
        may_revoke=access.may(reader, access.CONNECT),
    )


@require_POST
@needs(access.ANSWER)
def pause(request: HttpRequest) -> HttpResponse:
    """Planned posts leave no more."""
    held = actions.pause(actor(request), _("from the crisis room"))
    said = ngettext("%(n)s planned post is held.", "%(n)s planned posts are held.", held.count)
    messages.success(request, said % {"n": words.figure(held.count)})
    return redirect("crisis")


@require_POST
@needs(access.STEER)
def resume(request: HttpRequest) -> HttpResponse:
    """Planned posts go on, if as many wait as was shown."""
    try:
        actions.resume(actor(request), _number(typed(request.POST, "held")))
    except LookAgainError as error:
        say(request, error)
    else:
        messages.success(request, _("Planned posts go on."))
    return redirect("crisis")


@require_POST
@needs(access.STEER)
def lock(request: HttpRequest) -> HttpResponse:
    """This account sends nothing until it is unlocked."""
    account = get_object_or_404(Account, public_id=_uuid(typed(request.POST, "account")))
    actions.lock(account, actor(request), typed(request.POST, "why").strip())
    said = _("%(account)s is locked: nothing leaves there until somebody unlocks it.")
    messages.success(request, said % {"account": account.handle})
    return redirect("crisis")


@require_POST
@needs(access.STEER)
def unlock(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What waits on this account leaves again."""
    actions.unlock(get_object_or_404(Account, public_id=public_id), actor(request))
    return redirect("crisis")


@require_POST
@needs(access.STEER)
def see(request: HttpRequest, number: int) -> HttpResponse:
    """Somebody looks after a post that we did not make."""
    locks.seen(get_object_or_404(Stranger, pk=number), actor(request))
    return redirect("crisis")


@require_POST
@needs(access.CONNECT)
def revoke(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Destroy the desk's credentials of this account."""
    locks.revoke(get_object_or_404(Account, public_id=public_id), actor(request))
    return redirect("crisis")


def _number(given: str) -> int:
    """-1, which never waits, for what is no number."""
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else -1


def _uuid(given: str) -> UUID | None:
    try:
        return UUID(given)
    except ValueError:
        return None
