"""Tokens: a program works for one colleague, with some of their rights, until a day.

The secret is shown once and only its hash is kept: it is 256 random bits, which nobody can guess
from a hash however fast that is. Each call is one conditional UPDATE that counts it.
"""

import hashlib
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from rejoinder.plumbing import clock
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor, ApiCall, ApiToken

BEGINS = "rejoinder_"  # so that a scanner of code repositories can find one that got out
DAYS = (7, 30, 90, 365)
MOST = 10  # tokens that one colleague has at a time
A_MINUTE = 300  # calls
KEPT = timedelta(days=2)  # answers to changes that were asked for with a key


class CannotMakeError(Exception):
    """A token was not made. The message says why and what to do."""


class TooManyCallsError(Exception):
    """It asked A_MINUTE times in this minute; `after` is when the next begins."""

    def __init__(self, after: timedelta) -> None:
        super().__init__(_("This token has made all its calls of this minute."))
        self.after = after


def make(actor: Advisor, name: str, scopes: Collection[str], days: int) -> tuple[ApiToken, str]:
    """A token and its secret, which nobody can read again. Raises CannotMakeError."""
    mine = access.RIGHTS.get(actor.role, frozenset())
    if actor.narrowed_to is not None:
        raise CannotMakeError(_("A program makes no tokens. Sign in, and make it under Tokens."))
    if not name.strip():
        raise CannotMakeError(_("Give it a name that says which program has it."))
    if not scopes or not set(scopes) <= mine:
        raise CannotMakeError(_("Choose at least one right, of those that are yours."))
    if days not in DAYS:
        raise CannotMakeError(_("Choose how long it lasts."))
    secret, now = BEGINS + secrets.token_urlsafe(32), clock.now()
    with transaction.atomic():
        if current(actor).count() >= MOST:
            raise CannotMakeError(_("Ten tokens are the most. End one that no program needs."))
        made = ApiToken.objects.create(
            advisor=actor,
            name=name.strip()[:80],
            hashed=_hash(secret),
            scopes=sorted(scopes),
            made_at=now,
            ends_at=now + timedelta(days=days),
        )
        audit.line(actor, "made a token", made.public_id, scopes=made.scopes, days=days)
    return made, secret


def current(advisor: Advisor) -> QuerySet[ApiToken]:
    """Those of a colleague that let a program in now, newest first."""
    return everybodys().filter(advisor=advisor)


def everybodys() -> QuerySet[ApiToken]:
    """Those of all colleagues, newest first."""
    live = ApiToken.objects.filter(ended_at=None, ends_at__gt=clock.now())
    return live.order_by("-id")


def end(actor: Advisor, token: ApiToken) -> None:
    """It lets nobody in any more: one's own, or anybody's for whoever keeps the team."""
    if token.advisor_id != actor.pk:
        access.require(actor, access.PEOPLE)
    with transaction.atomic():
        if ApiToken.objects.filter(pk=token.pk, ended_at=None).update(ended_at=clock.now()):
            audit.line(actor, "ended a token", token.public_id)


def come_in(secret: str) -> Advisor | None:
    """The colleague whom a secret stands for, with the rights of the token alone; None for nobody.

    Counts the call. Raises TooManyCallsError.
    """
    now = clock.now()
    live = ApiToken.objects.filter(hashed=_hash(secret), ended_at=None, ends_at__gt=now)
    token = live.select_related("advisor").first()
    if token is None or not token.advisor.is_active:
        return None
    _count(token, now)
    advisor = token.advisor
    advisor.narrowed_to = frozenset(token.scopes)
    advisor.works_by = token.pk
    return advisor


def forget_calls() -> int:
    """Delete answers that nobody asks for again; how many."""
    return ApiCall.objects.filter(at__lt=clock.now() - KEPT).delete()[0]


def _count(token: ApiToken, now: datetime) -> None:
    minute = now.replace(second=0, microsecond=0)
    rows = ApiToken.objects.filter(pk=token.pk)
    same = rows.filter(minute=minute, used__lt=A_MINUTE)
    if same.update(used=F("used") + 1, used_at=now):
        return
    if not rows.filter(~Q(minute=minute) | Q(minute=None)).update(
        minute=minute, used=1, used_at=now
    ):
        raise TooManyCallsError(minute + timedelta(minutes=1) - now)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
