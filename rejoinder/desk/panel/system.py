"""Which system is asked about customers, and the secret that requests are signed with."""

import secrets
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext as _

from rejoinder.desk.models import CustomerSystem
from rejoinder.desk.refusals import CannotError
from rejoinder.plumbing import clock
from rejoinder.plumbing import secrets as sealing
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor


def current() -> CustomerSystem | None:
    """The one that is asked, if any."""
    return CustomerSystem.objects.filter(ended_at=None).order_by("-id").first()


def connect(actor: Advisor, url: str) -> str:
    """Ask there from now on; the secret for both sides, which nobody can read again.

    Raises CannotError for an address that is none.
    """
    access.require(actor, access.CONNECT)
    given = url.strip()[:500]
    try:
        parts = urlsplit(given)
        host = parts.hostname or ""
    except ValueError:
        raise CannotError(_("Give an address that begins with https://.")) from None
    if parts.scheme not in {"https", "http"} or not host or parts.fragment or parts.username:
        raise CannotError(_("Give an address that begins with https://."))
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        _end()
        row = CustomerSystem(url=given, made_by=actor, made_at=clock.now())
        row.sealed = sealing.seal({"secret": secret}, str(row.public_id))
        row.save()
        audit.line(actor, "connected the customer system", host)
    return secret


def disconnect(actor: Advisor) -> None:
    """Ask nobody; the secret is destroyed."""
    access.require(actor, access.CONNECT)
    with transaction.atomic():
        if _end():
            audit.line(actor, "disconnected the customer system", "")


def secret(row: CustomerSystem) -> str:
    """What requests are signed with."""
    return str(sealing.unseal(bytes(row.sealed), str(row.public_id))["secret"])


def _end() -> int:
    rows = CustomerSystem.objects.filter(ended_at=None)
    return rows.update(ended_at=clock.now(), sealed=b"")
