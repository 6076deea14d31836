"""Hiding a post, showing it again, and looking again whether it still has to be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from rejoinder.channels import registry
from rejoinder.desk import take
from rejoinder.desk.blocks.actions import is_abusive
from rejoinder.desk.hiding import rules
from rejoinder.desk.hiding.rules import Asked, No
from rejoinder.desk.refusals import CannotError
from rejoinder.listening.models import Mention
from rejoinder.outbox import moderation
from rejoinder.outbox.models import Moderation
from rejoinder.outbox.moderation import CannotModerateError
from rejoinder.plumbing import clock
from rejoinder.privacy.find.markers import markers
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor

SHOWN = 200


@dataclass(frozen=True, slots=True)
class Asking:
    """As somebody filled it in."""

    ground: str
    why: str
    days: int
    sure: bool


def can_be_hidden(mention: Mention) -> bool:
    """Whether it stands where we may hide it, or show it again."""
    channel = registry.channels().get(mention.channel)
    account = mention.account
    there = account is not None and account.disconnected_at is None
    theirs = not mention.ours and mention.public
    hides = channel is not None and channel.can.hide and channel.hides(mention.ref)
    return there and theirs and hides


def exposes(mention: Mention) -> bool:
    """Whether the desk found personal data in it."""
    return bool(markers(mention.text))


def may_hide(mention: Mention, actor: Advisor) -> bool:
    """Leads may, and whoever answers what exposes somebody."""
    answers = access.may(actor, access.ANSWER)
    return answers and (access.may(actor, access.STEER) or exposes(mention))


def hide(mention: Mention, actor: Advisor, asking: Asking) -> Moderation:
    """Others do not see it there from now on; here it stays and is answered. Raises CannotError."""
    access.require(actor, access.ANSWER)
    now = clock.now()
    review_at = now + timedelta(days=asking.days)
    asked = Asked(
        ground=asking.ground if asking.ground in Moderation.Ground.values else "",
        why=asking.why,
        review_at=review_at,
        steers=access.may(actor, access.STEER),
        sure=asking.sure,
        personal=exposes(mention),
        abusive=is_abusive(mention),
        there=can_be_hidden(mention),
        gone=mention.deleted_at is not None,
        hidden=mention.hidden,
        under_way=moderation.under_way().filter(mention=mention).exists(),
    )
    if no := rules.refused(asked, now):
        raise CannotError(_why_not(no))
    try:
        return moderation.hide(mention, actor, asked.ground, asking.why, review_at)
    except CannotModerateError as error:
        raise CannotError(str(error)) from None


def show(mention: Mention, actor: Advisor, why: str) -> Moderation:
    """Others see it there again, whoever held it back; what we hid needs a reason.

    Raises CannotError.
    """
    access.require(actor, access.ANSWER)
    if mention.deleted_at is not None:
        raise CannotError(_why_not(No.GONE))
    if not can_be_hidden(mention):
        raise CannotError(_why_not(No.THERE))
    ours = moderation.holding().filter(mention=mention).exists()
    reason = take.reason_of(why) if ours else why
    try:
        return moderation.show(mention, actor, reason)
    except CannotModerateError as error:
        raise CannotError(str(error)) from None


def review(row: Moderation, actor: Advisor, days: int) -> None:
    """It still has to be hidden; it is looked at again later. Raises CannotError."""
    access.require(actor, access.STEER)
    if days not in rules.DAYS:
        raise CannotError(_why_not(No.REVIEW))
    with transaction.atomic():
        until = clock.now() + timedelta(days=days)
        if moderation.holding().filter(pk=row.pk).update(review_at=until):
            audit.line(actor, "looked at a hidden post again", row.pk, review_at=until.isoformat())


def listed(actor: Advisor) -> Sequence[Moderation]:
    """What is hidden now, the one to be looked at first at the front."""
    there = moderation.holding().filter(mention__hidden=True, mention__deleted_at=None)
    rows = access.visible(actor, there)
    shown = rows.select_related("mention__person", "mention__conversation", "advisor")
    return list(shown.order_by("review_at", "id")[:SHOWN])


def _why_not(no: No) -> str:
    return {
        No.GONE: _("It is not there any more."),
        No.THERE: _("This post does not stand where you may hide it. Report it there."),
        No.HIDDEN: _("Others do not see it there already."),
        No.UNDER_WAY: _("Something is under way about this post. Look again when it is done."),
        No.GROUND: _("Choose the ground. What is said about the service is none."),
        No.LEAD: _(
            "A lead hides for this ground. You may hide personal data that the desk has found."
        ),
        No.CRITICISM: _(
            "The desk reads nothing of that in this post. Criticism is answered and never hidden. "
            "Read it again; if it is what you say, tick that you did."
        ),
        No.WORDS: _("Say why in a few words; it stands in the history."),
        No.REVIEW: _("Choose when it is looked at again: within half a year."),
    }[no]
