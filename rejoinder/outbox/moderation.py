"""How a post of somebody's is hidden from others, or shown again, and what holds since."""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from rejoinder.channels.contract import HIDE, Channel, Hiding, Receipt, Sent
from rejoinder.listening.models import Mention
from rejoinder.outbox.models import LEAVING, UNSETTLED, Moderation, State
from rejoinder.outbox.way import Way
from rejoinder.plumbing import clock, live
from rejoinder.privacy.find import masked
from rejoinder.team import audit
from rejoinder.team.models import Advisor

LONGEST_WHY = 300


class CannotModerateError(Exception):
    """It stays as it is. The message says why."""


class Moderations(Way[Moderation]):
    """Of what others wrote. Done twice it is done once, so nobody looks before another try."""

    model = Moderation
    related = ("account", "advisor", "mention__conversation")
    sent = gettext_noop("hid a post of")
    refused = gettext_noop("was refused to hide or show a post of")

    def done(self, row: Moderation) -> str:
        return self.sent if row.hides else gettext_noop("showed again a post of")

    def gone(self, row: Moderation) -> str:
        return _("It is not there any more.") if row.mention.deleted_at else ""

    def about(self, row: Moderation) -> str:
        talk = row.mention.conversation
        return str(talk.public_id) if talk else ""

    def kind(self, row: Moderation) -> str:
        return HIDE

    def topics(self, row: Moderation) -> tuple[str, ...]:
        return _topics(row.mention)

    def give(self, channel: Channel, row: Moderation) -> Sent:
        mention = row.mention
        return channel.hide(
            Hiding(external_id=mention.external_id, ref=mention.ref, hidden=row.hides)
        )

    def find(self, channel: Channel, row: Moderation) -> Receipt | None:
        return None

    def tell(self, row: Moderation) -> None:
        if row.state != State.SENT:
            return
        Mention.objects.filter(pk=row.mention_id, deleted_at=None).update(hidden=row.hides)
        if not row.hides:
            holding().filter(mention=row.mention_id).update(ended_at=row.sent_at)


def hide(
    mention: Mention, actor: Advisor, ground: str, why: str, review_at: datetime
) -> Moderation:
    """Let others not see it there. Raises CannotModerateError; the caller looked at the rest."""
    return _queued(mention, actor, why, hides=True, ground=ground, review_at=review_at)


def show(mention: Mention, actor: Advisor, why: str) -> Moderation:
    """Let others see it there again. Raises CannotModerateError."""
    return _queued(mention, actor, why, hides=False)


def holding() -> "QuerySet[Moderation, Moderation]":
    """What we hid and have not shown again."""
    return Moderation.objects.filter(hides=True, state=State.SENT, ended_at=None)


def under_way() -> "QuerySet[Moderation, Moderation]":
    """What has not come to an end."""
    return Moderation.objects.filter(state__in=[*LEAVING, *UNSETTLED])


def newest(mentions: Iterable[Mention]) -> dict[int, Moderation]:
    """The last thing done about each of these, by the number of the mention."""
    rows = Moderation.objects.filter(mention__in=list(mentions)).select_related("advisor")
    return {row.mention_id: row for row in rows.order_by("pk")}


def _queued(
    mention: Mention,
    actor: Advisor,
    why: str,
    *,
    hides: bool,
    ground: str = "",
    review_at: datetime | None = None,
) -> Moderation:
    if mention.account is None:
        raise CannotModerateError(_("No account of yours stands for the page that it is on."))
    now = clock.now()
    said = gettext_noop("hides a post of") if hides else gettext_noop("shows again a post of")
    try:
        with transaction.atomic():
            row = Moderation.objects.create(
                mention=mention,
                account=mention.account,
                advisor=actor,
                text="",
                why=masked(why.strip(), LONGEST_WHY),
                hides=hides,
                ground=ground,
                review_at=review_at,
                key=f"moderates-{mention.pk}",
                state=State.QUEUED,
                written_at=now,
                due_at=now,
            )
            live.changed(*_topics(mention))
            about = mention.conversation.public_id if mention.conversation else mention.pk
            audit.line(actor, said, about, mention=mention.pk, ground=ground, why=row.why)
    except IntegrityError:
        raise CannotModerateError(
            _("Something is under way about this post. Look again when it is done.")
        ) from None
    return row


def _topics(mention: Mention) -> tuple[str, ...]:
    talk = mention.conversation
    return (live.conversation(talk.public_id),) if talk else ()
