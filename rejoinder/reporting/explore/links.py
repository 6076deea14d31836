"""Links that show a view to whoever has them, without an account, until a day.

The address carries a secret of 192 random bits and our signature: what we did not sign is refused
before a row is looked for, and of the secret only its hash is kept.
"""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.core import signing
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from rejoinder.desk.models import Expert
from rejoinder.desk.refusals import CannotError
from rejoinder.plumbing import clock
from rejoinder.plumbing.config import config
from rejoinder.reporting.digest.rules import OPEN
from rejoinder.reporting.explore.sites import NoSiteError, sites
from rejoinder.reporting.models import SavedView, ViewLink
from rejoinder.reporting.zone import today, zone
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor

PATH = "/embed"
MOST_DAYS = 366
MOST = 20  # of one view that are open
_SALT = "embed"


def make(actor: Advisor, view: SavedView, last: date | None, typed: str) -> tuple[ViewLink, str]:
    """A link that opens up to the end of the day `last`, in frames of the sites that are `typed`,
    and its address, which nobody can read again. Raises CannotError.
    """
    access.require(actor, access.STEER)
    if not view.shared:
        raise CannotError(_("Only a view of the team can be shown outside. Save it for the team."))
    if last is None or not today() <= last <= today() + timedelta(days=MOST_DAYS):
        raise CannotError(_("Choose the last day on which it opens, a year from now at most."))
    try:
        framing = sites(typed)
    except NoSiteError as error:
        words = _("“%(site)s” is no site that can be named. Write up to ten like %(such)s.")
        raise CannotError(
            words % {"site": error, "such": "https://intranet.example.com"}
        ) from error
    ends = datetime.combine(last + timedelta(days=1), time(), zone())
    with transaction.atomic():
        there = SavedView.objects.select_for_update().filter(pk=view.pk, removed_at=None).first()
        if there is None:
            raise CannotError(_("Somebody has removed this view."))
        if open_of(view).count() >= MOST:
            raise CannotError(_("Twenty links are the most. End one first."))
        made, address = _made(view, ends, made_by=actor, sites=framing)
        audit.line(
            actor, "made a link to a view", view.name, view=view.pk, sites=framing, until=str(last)
        )
    return made, address


def for_expert(view: SavedView, expert: Expert) -> tuple[ViewLink, str]:
    """The link of one e-mail; it opens as long as the page of a digest, in nobody's frame."""
    with transaction.atomic():
        made, address = _made(view, clock.now() + OPEN, expert=expert)
        audit.line(None, "made a link to a view", view.name, view=view.pk, expert=expert.name)
    return made, address


def found(token: str) -> ViewLink | None:
    """The link of an address that we signed, open or not."""
    try:
        secret = _signer().unsign(token)
    except signing.BadSignature:
        return None
    rows = ViewLink.objects.select_related("view", "expert")
    return rows.filter(hashed=_hash(secret)).first()


def is_open(link: ViewLink) -> bool:
    """Whether it shows anything: in its time, and the expert it went to is still asked."""
    gone = link.ended_at or link.view.removed_at or (link.expert and link.expert.ended_at)
    return not gone and clock.now() < link.ends_at


def open_of(view: SavedView) -> QuerySet[ViewLink]:
    """Those that show something now, newest first."""
    still = Q(expert=None) | Q(expert__ended_at=None)
    rows = ViewLink.objects.filter(still, view=view, ended_at=None, ends_at__gt=clock.now())
    return rows.select_related("made_by", "expert").order_by("-id")


def end(actor: Advisor, link: ViewLink) -> None:
    """It shows nothing from now on."""
    access.require(actor, access.STEER)
    with transaction.atomic():
        if ViewLink.objects.filter(pk=link.pk, ended_at=None).update(ended_at=clock.now()):
            audit.line(actor, "ended a link to a view", link.view.name, view=link.view_id)


def _made(
    view: SavedView,
    ends_at: datetime,
    *,
    made_by: Advisor | None = None,
    expert: Expert | None = None,
    sites: Sequence[str] = (),
) -> tuple[ViewLink, str]:
    secret = secrets.token_urlsafe(24)
    made = ViewLink.objects.create(
        view=view,
        hashed=_hash(secret),
        sites=list(sites),
        expert=expert,
        made_by=made_by,
        made_at=clock.now(),
        ends_at=ends_at,
    )
    return made, f"{config().base_url}{PATH}/{_signer().sign(secret)}"


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _signer() -> signing.Signer:
    return signing.Signer(salt=_SALT, sep=".")
