"""What the organisation publishes about itself: kept by those who steer, allowed by the guard."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from rejoinder.desk import disclosure
from rejoinder.desk.disclosure import Tie
from rejoinder.desk.guard import Published
from rejoinder.desk.models import OwnContact
from rejoinder.desk.refusals import CannotError
from rejoinder.plumbing import clock
from rejoinder.plumbing.config import config
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor

Kind = OwnContact.Kind
_LONGEST = 300


def may_keep(actor: Advisor) -> bool:
    """Whoever steers."""
    return access.may(actor, access.STEER)


def contacts() -> Sequence[OwnContact]:
    """All of them, by kind."""
    return list(OwnContact.objects.select_related("added_by").order_by("kind", "text"))


def published() -> Published:
    """The same for the guard. The desk's own address counts once a domain is kept."""
    rows = list(OwnContact.objects.values_list("kind", "text").order_by("kind", "text"))

    def of(*kinds: str) -> tuple[str, ...]:
        return tuple(text for kind, text in rows if kind in kinds)

    domains = of(Kind.DOMAIN)
    return Published(
        contacts=of(Kind.PHONE, Kind.EMAIL),
        places=of(Kind.PLACE),
        domains=(*domains, config().base_url.partition("://")[2].split("/")[0].split(":")[0])
        if domains
        else (),
    )


def tie(handle: str) -> Tie | None:
    """What binds the owner of a handle to us; None for nearly everybody."""
    rows = OwnContact.objects.filter(kind__in=[Kind.STAFF, Kind.PARTNER])
    found = rows.filter(text=disclosure.plain(handle)).values_list("kind", flat=True)
    return Tie(found[0]) if found and handle else None


def add(actor: Advisor, kind: str, text: str) -> OwnContact:
    """Keep one more. Raises CannotError when it is none."""
    access.require(actor, access.STEER)
    words = _plain(kind, text)
    with transaction.atomic():
        row, new = OwnContact.objects.get_or_create(
            kind=kind, text=words, defaults={"added_by": actor, "added_at": clock.now()}
        )
        if new:
            audit.line(actor, "let it stand in public", words, kind=kind)
    return row


def remove(actor: Advisor, row: OwnContact) -> None:
    """Keep it no more."""
    access.require(actor, access.STEER)
    with transaction.atomic():
        audit.line(actor, "let it stand in public no more", row.text, kind=row.kind)
        row.delete()


def _plain(kind: str, text: str) -> str:
    words = " ".join(text.split())[:_LONGEST]
    if kind == Kind.DOMAIN:
        words = words.casefold().removeprefix("https://").removeprefix("http://").split("/")[0]
        words = words.removeprefix("www.")
    if kind in {Kind.STAFF, Kind.PARTNER}:
        words = disclosure.plain(words)
    fits = {
        Kind.PHONE: sum(map(str.isdigit, words)) >= 3,
        Kind.EMAIL: "@" in words.strip("@"),
        Kind.PLACE: bool(words),
        Kind.DOMAIN: "." in words.strip(".") and " " not in words,
        Kind.STAFF: bool(words) and " " not in words,
        Kind.PARTNER: bool(words) and " " not in words,
    }
    if kind not in fits or not fits[Kind(kind)]:
        raise CannotError(_("This is no such thing as you chose. Write it as everybody reads it."))
    return words
