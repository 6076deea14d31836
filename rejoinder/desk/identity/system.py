"""The organisation's own system: where it is, and the secret that both sign with."""

import secrets
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext as _

from rejoinder.desk.identity import rules
from rejoinder.desk.models import IdentitySystem, OwnContact
from rejoinder.desk.refusals import CannotError
from rejoinder.plumbing import clock
from rejoinder.plumbing import secrets as sealing
from rejoinder.plumbing.config import config
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor


def current() -> IdentitySystem | None:
    """The one that is asked, if any."""
    return IdentitySystem.objects.filter(ended_at=None).order_by("-id").first()


def connect(actor: Advisor, url: str) -> str:
    """Ask there from now on; the secret for both sides, which nobody can read again.

    Raises CannotError for an address that is no https address on a domain of our own.
    """
    access.require(actor, access.CONNECT)
    given = url.strip()[:500]
    parts = urlsplit(given)
    host = parts.hostname or ""
    if parts.scheme != "https" or not host or parts.fragment or parts.username:
        raise CannotError(_("Give an address that begins with https://."))
    _require_ours(host)
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        _end()
        row = IdentitySystem(url=given, made_by=actor, made_at=clock.now())
        row.sealed = sealing.seal({"secret": secret}, str(row.public_id))
        row.save()
        audit.line(actor, "connected the identity check with", host)
    return secret


def disconnect(actor: Advisor) -> None:
    """Ask nobody; the secret is destroyed."""
    access.require(actor, access.CONNECT)
    with transaction.atomic():
        if _end():
            audit.line(actor, "disconnected the identity check", "")


def secret(row: IdentitySystem) -> str:
    """What both sign with."""
    return str(sealing.unseal(bytes(row.sealed), str(row.public_id))["secret"])


def require_own_door() -> None:
    """Raises CannotError unless our public door is on a domain that the organisation keeps."""
    _require_ours(urlsplit(config().base_url).hostname or "")


def _require_ours(host: str) -> None:
    rows = OwnContact.objects.filter(kind=OwnContact.Kind.DOMAIN)
    if not rules.is_ours(host, list(rows.values_list("text", flat=True))):
        raise CannotError(
            _("%(host)s is no domain of ours. Keep it under Channels, What we publish, first.")
            % {"host": host}
        )


def _end() -> int:
    rows = IdentitySystem.objects.filter(ended_at=None)
    return rows.update(ended_at=clock.now(), sealed=b"")
