"""Which machine drafts, if any: an owner chooses it, and may let it go at any time."""

from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext as _

from rejoinder.desk.models import DraftingMachine
from rejoinder.desk.refusals import CannotError
from rejoinder.plumbing import clock, secrets
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor


def current() -> DraftingMachine | None:
    """The one that is asked; None: drafts are people's alone."""
    return DraftingMachine.objects.filter(ended_at=None).order_by("-id").first()


def choose(actor: Advisor, url: str, model: str, key: str, *, x_approved: bool) -> DraftingMachine:
    """Ask there from now on. Raises CannotError for what cannot be such an endpoint."""
    access.require(actor, access.CONNECT)
    given, name = url.strip()[:500].rstrip("/"), " ".join(model.split())[:200]
    host = _host(given)
    if not name or not key.strip().isascii() or not key.strip().isprintable():
        raise CannotError(_("Give the name of the model, and its key as it was given to you."))
    with transaction.atomic():
        _end()
        row = DraftingMachine(url=given, model=name, x_approved=x_approved, made_by=actor)
        row.sealed = secrets.seal({"key": key.strip()[:1000]}, str(row.public_id))
        row.made_at = clock.now()
        row.save()
        audit.line(actor, "chose a machine for drafts", host, model=name, x_approved=x_approved)
    return row


def end(actor: Advisor) -> None:
    """Nothing is drafted by a machine any more; the key is destroyed."""
    access.require(actor, access.CONNECT)
    with transaction.atomic():
        if _end():
            audit.line(actor, "let the machine for drafts go", "")


def header(row: DraftingMachine) -> dict[str, str]:
    """What it is signed in with; an endpoint of one's own may need no key."""
    key = str(secrets.unseal(bytes(row.sealed), str(row.public_id))["key"])
    return {"Authorization": f"Bearer {key}"} if key else {}


def _host(url: str) -> str:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        raise CannotError(_("Give an address that begins with https://.")) from None
    bare = host and not (parts.fragment or parts.query or parts.username)
    if not bare or parts.scheme not in {"https", "http"}:
        raise CannotError(_("Give an address that begins with https://."))
    return host


def _end() -> int:
    rows = DraftingMachine.objects.filter(ended_at=None)
    return rows.update(ended_at=clock.now(), sealed=b"")
