"""Short links to pages of the house itself, so that one sees whether they help.

Only to addresses of its own: a short link hides where it leads, and nobody should have to trust us
with any other. Counted are visits by day, never visitors, and no reply has a link of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from rejoinder.answers.models import Link
from rejoinder.answers.opening import free_code
from rejoinder.answers.refusals import CannotError
from rejoinder.plumbing import clock, live
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor

LATELY = timedelta(days=28)
_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Followed:
    """A link, with how often it was followed: at all, and within `LATELY`."""

    link: Link
    total: int
    lately: int


def kept() -> list[Followed]:
    """Those that lead somewhere, newest first."""
    since = clock.now().date() - LATELY
    rows = Link.objects.filter(ended_at=None).select_related("made_by").order_by("-pk")
    counted = rows.annotate(
        total=Sum("linkvisit__count", default=0),
        lately=Sum("linkvisit__count", filter=Q(linkvisit__day__gt=since), default=0),
    )
    return [Followed(row, row.total, row.lately) for row in counted]


def make(actor: Advisor, name: str, url: str, domains: Sequence[str]) -> Link:
    """A new one; to the same page under the same name there is one. `domains` are our own.

    Raises CannotError for an address that is none of ours.
    """
    access.require(actor, access.ANSWER)
    called, to = " ".join(name.split())[:100], url.strip()
    _check(called, to, domains)
    with transaction.atomic():
        known = Link.objects.filter(name=called, url=to, ended_at=None).first()
        if known is not None:
            return known
        found = Link.objects.create(
            code=free_code(), name=called, url=to, made_by=actor, made_at=clock.now()
        )
        audit.line(actor, "made a short link", called, url=to)
        live.changed(live.ANSWERS)
    return found


def end(actor: Advisor, link: Link) -> None:
    """It leads nowhere from now on; its code is not given again."""
    access.require(actor, access.STEER)
    with transaction.atomic():
        if Link.objects.filter(pk=link.pk, ended_at=None).update(ended_at=clock.now()):
            audit.line(actor, "ended a short link", link.name)
            live.changed(live.ANSWERS)


def _check(name: str, url: str, domains: Sequence[str]) -> None:
    if not name:
        raise CannotError(_("Give the link a name, so that colleagues know what it leads to."))
    host = "" if len(url) > _LONGEST or _odd(url) else _host(url)
    if not host:
        raise CannotError(_("This is no address. It begins with https:// and has no spaces."))
    if not any(host == each or host.endswith(f".{each}") for each in domains if each):
        raise CannotError(
            _(
                "Short links lead to pages of your own only. %(host)s is none of the domains under "
                "Channels, What we publish."
            )
            % {"host": host}
        )


def _host(url: str) -> str:
    """Whose an https address is; empty where it is none, or hides something before the host."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    fits = parts.scheme == "https" and parts.username is None and port in {None, 443}
    return host.rstrip(".") if fits else ""


def _odd(url: str) -> bool:
    """What would break a header, or look like another address than it is."""
    return not url.isascii() or any(each <= " " or each in '\\"<>`' for each in url)
