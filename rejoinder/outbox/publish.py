"""Publishing what a room above has to say to everybody, on the accounts that can publish.

A room names its subject and counts its numbers: the newest number of a subject is what its
readers should see. Whatever happens on the way, one subject stands once on one account.
"""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from rejoinder.budget import actions as budget
from rejoinder.channels import registry
from rejoinder.channels.models import Account
from rejoinder.outbox import stop
from rejoinder.outbox.actions import TooLateError
from rejoinder.outbox.models import LEAVING, Publication, State
from rejoinder.outbox.newest import keep_newest
from rejoinder.outbox.steps import changed, move
from rejoinder.outbox.ways import way_of
from rejoinder.plumbing import clock, fault
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor


class CannotPublishError(Exception):
    """This account takes no publications, or not this one. The message says why."""


def accounts() -> list[Account]:
    """Connected accounts whose channel can publish."""
    connected = Account.objects.filter(disconnected_at=None).order_by("channel", "handle")
    return [each for each in connected if registry.channel(each.channel).can.publish]


def queue(
    account: Account,
    *,
    subject: UUID,
    number: int,
    title: str,
    text: str,
    actor: Advisor,
    url: str = "",
    html: str = "",
    summary: str = "",
    language: str = "",
    pin: bool = False,
    planned: bool = True,
) -> Publication:
    """Write a number of a subject down for an account; the sender takes it.

    It takes the place of earlier numbers in its `language` that have not left. Asking for the same
    number again changes nothing, unless it was refused: then it goes again. One that is not
    `planned`, such as the holding statement of a crisis, leaves in a pause too; that needs the
    right to steer.
    Raises CannotPublishError, access.NotAllowedError.
    """
    access.require(actor, access.ANSWER if planned else access.STEER)
    _require_fit(account, text)
    said = {"title": title, "text": text, "page": url, "html": html, "summary": summary}
    values = {**said, "pin": pin, "planned": planned}
    with transaction.atomic():
        # One at a time for one account: two numbers written at once know of each other.
        stop.hold(account)
        which = {"account": account, "subject": subject, "language": language, "number": number}
        publication = _written(which, actor, values)
        keep_newest(publication)
        fault.step("publish.queueing")
    fault.step("publish.queued")
    return publication


def _require_fit(account: Account, text: str) -> None:
    channel = registry.channel(account.channel)
    if not channel.can.publish:
        raise CannotPublishError(
            _("%(channel)s takes no publications.") % {"channel": channel.label}
        )
    count = channel.count(text, reply=False)
    if not count.ok:
        raise CannotPublishError(
            _("The short form is too long for %(channel)s: %(used)s of %(allowed)s.")
            % {"channel": channel.label, "used": count.used, "allowed": count.allowed}
        )


def _written(which: dict[str, Any], actor: Advisor, values: dict[str, Any]) -> Publication:
    now = clock.now()
    rest = {"advisor": actor, "written_at": now, "due_at": now}
    row, made = Publication.objects.get_or_create(**which, defaults=values | rest)
    if made:
        row.key = registry.channel(row.account.channel).new_key(now, row.pk)
        row.save(update_fields=["key"])
        changed(row)
        audit.line(actor, "queued a publication of", row.subject, publication=row.pk)
    elif move(row, [State.REFUSED], State.QUEUED, due_at=now, replaced_by=None):
        audit.line(actor, "queued again a publication of", row.subject, publication=row.pk)
    return row


def may_withdraw(publication: Publication, actor: Advisor) -> bool:
    """Its author, or whoever steers, while it has not left."""
    own = access.may(actor, access.ANSWER) and publication.advisor_id == actor.pk
    return publication.state in LEAVING and (own or access.may(actor, access.STEER))


def withdraw(publication: Publication, actor: Advisor) -> None:
    """Take it back before it leaves. Raises TooLateError once the sender has it."""
    _require_own(publication, actor)
    with transaction.atomic():
        kept = publication.reservation_id
        if not move(publication, LEAVING, State.WITHDRAWN, reservation_id=None):
            raise TooLateError(_("This publication is on its way already, or ended."))
        budget.release(kept)
        way_of(publication).tell(publication)
        audit.line(
            actor, "withdrew a publication of", publication.subject, publication=publication.pk
        )


def settle(publication: Publication, actor: Advisor, *, arrived: bool, url: str = "") -> None:
    """Somebody looked where nothing can be read back: it stands at `url`, or it goes again."""
    _require_own(publication, actor)
    now = clock.now()
    out = {"sent_at": publication.sending_at or now, "url": url, "words": ""}
    after, values = (State.SENT, out) if arrived else (State.QUEUED, {"due_at": now})
    with transaction.atomic():
        stop.hold(publication.account)
        if not move(publication, [State.UNCERTAIN], after, **values):
            raise TooLateError(_("Nobody is in doubt about this publication any more."))
        if arrived:
            way_of(publication).tell(publication)
        else:
            keep_newest(publication)
        audit.line(
            actor,
            "settled a publication of",
            publication.subject,
            publication=publication.pk,
            arrived=arrived,
        )


def _require_own(publication: Publication, actor: Advisor) -> None:
    if publication.advisor_id != actor.pk:
        access.require(actor, access.STEER)
    access.require(actor, access.ANSWER)


def standing(subject: UUID) -> list[Publication]:
    """Per account and language the publication that is the last word on a subject."""
    rows = Publication.objects.filter(subject=subject).select_related("account", "advisor")
    newest: dict[tuple[int, str], Publication] = {}
    for row in rows.exclude(state=State.WITHDRAWN).order_by("account", "language", "number"):
        newest[row.account_id, row.language] = row
    return list(newest.values())
