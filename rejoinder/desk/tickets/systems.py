"""Which ticket system is connected, and what it is signed in with."""

from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext as _

from rejoinder.desk.models import TicketSystem
from rejoinder.desk.refusals import CannotError
from rejoinder.desk.tickets import contract, rules
from rejoinder.desk.tickets.helpdesk import Helpdesk
from rejoinder.plumbing import clock, secrets
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor


def current() -> TicketSystem | None:
    """The one in which tickets are made, if any."""
    return TicketSystem.objects.filter(ended_at=None).order_by("-id").first()


def connect(actor: Advisor, url: str, queue: str, token: str, user: str = "") -> TicketSystem:
    """Make tickets there from now on. Raises CannotError for what cannot be such a system."""
    access.require(actor, access.CONNECT)
    base, host = _address(url)
    if not rules.is_number(queue.strip()) or len(queue.strip()) > 9:
        raise CannotError(_("Give the number of the queue in which tickets are made."))
    if not token.strip() or not (token.strip() + user.strip()).isprintable() or ":" in user:
        raise CannotError(_("Give the token, or the name and password, of an account there."))
    with transaction.atomic():
        _end()
        row = TicketSystem(url=base, queue=int(queue), made_by=actor, made_at=clock.now())
        sealed = {"token": token.strip()[:500], "user": user.strip()[:200]}
        row.sealed = secrets.seal(sealed, str(row.public_id))
        row.save()
        audit.line(actor, "connected the ticket system", host)
    return row


def disconnect(actor: Advisor) -> None:
    """Make none any more; the credentials are destroyed, the links stay."""
    access.require(actor, access.CONNECT)
    with transaction.atomic():
        if _end():
            audit.line(actor, "disconnected the ticket system", "")


def test(actor: Advisor) -> None:
    """Ask there whether tickets may be read. Raises CannotError with what to do."""
    access.require(actor, access.CONNECT)
    row = current()
    if row is None:
        raise CannotError(_("No ticket system is connected."))
    audit.line(actor, "tested the ticket system", "")
    try:
        opened(row).test()
    except (contract.RefusedError, contract.LaterError) as error:
        raise CannotError(str(error)) from None


def opened(row: TicketSystem) -> contract.System:
    """The system, ready to be asked. Raises CannotUnsealError when the key is another one."""
    known = secrets.unseal(bytes(row.sealed), str(row.public_id))
    return Helpdesk(row.url, row.queue, str(known["token"]), str(known["user"]))


def _address(url: str) -> tuple[str, str]:
    """Where the pages begin, and the host."""
    given = url.strip()[:500].rstrip("/")
    try:
        parts = urlsplit(given)
        host = parts.hostname or ""
    except ValueError:
        raise CannotError(_("Give an address that begins with https://.")) from None
    bare = host and not (parts.fragment or parts.query or parts.username)
    if not bare or parts.scheme not in {"https", "http"}:
        raise CannotError(_("Give an address that begins with https://."))
    return given, host


def _end() -> int:
    rows = TicketSystem.objects.filter(ended_at=None)
    return rows.update(ended_at=clock.now(), sealed=b"")
