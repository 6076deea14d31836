"""How changes of a reply leave, and who asked for them."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from msgspec.structs import replace

from rejoinder.channels import registry
from rejoinder.channels.contract import DELETE, EDIT, Channel, Receipt, Sent, Standing
from rejoinder.listening.models import Conversation, Mention
from rejoinder.outbox.models import LEAVING, UNSETTLED, Amendment, Reply, State
from rejoinder.outbox.reply import outgoing
from rejoinder.outbox.way import Way
from rejoinder.plumbing import clock, live
from rejoinder.privacy.find import masked
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor

LONGEST_WHY = 300


class CannotAmendError(Exception):
    """It stays as it is. The message says why and what to do."""


class Amendments(Way[Amendment]):
    """To a reply that stands. Done twice it is done once, so nobody looks before another try."""

    model = Amendment
    related = (
        "account",
        "advisor",
        "reply__account",
        "reply__advisor",
        "reply__conversation",
        "reply__mention__person",
    )
    sent = gettext_noop("changed a sent reply to")
    refused = gettext_noop("was refused a change of a reply to")

    def done(self, row: Amendment) -> str:
        return gettext_noop("took back a reply to") if row.takes_back else self.sent

    def about(self, row: Amendment) -> str:
        return str(row.reply.conversation.public_id)

    def kind(self, row: Amendment) -> str:
        return DELETE if row.takes_back else EDIT

    def topics(self, row: Amendment) -> tuple[str, ...]:
        return (live.conversation(row.reply.conversation.public_id),)

    def give(self, channel: Channel, row: Amendment) -> Sent:
        standing = _standing(row)
        return channel.delete(standing) if row.takes_back else channel.edit(standing)

    def find(self, channel: Channel, row: Amendment) -> Receipt | None:
        return None

    def hold(self, row: Amendment) -> None:
        """The conversation, as replies do."""
        Conversation.objects.select_for_update().filter(id=row.reply.conversation_id).first()

    def tell(self, row: Amendment) -> None:
        """From now on the reply says what it says there; what it said stays on this row."""
        if row.state == State.SENT and not row.takes_back:
            Reply.objects.filter(pk=row.reply_id).update(text=row.text)


def may_amend(reply: Reply, actor: Advisor) -> bool:
    """The writer, or whoever steers, of what was sent."""
    own = access.may(actor, access.ANSWER) and reply.advisor_id == actor.pk
    return reply.state == State.SENT and (own or access.may(actor, access.STEER))


def edit(reply: Reply, actor: Advisor, text: str, why: str) -> Amendment:
    """Let a reply say something else where it stands. Raises CannotAmendError."""
    if not text.strip():
        raise CannotAmendError(_("There are no words left. To leave none, take the reply back."))
    if text.strip() == reply.text.strip():
        raise CannotAmendError(_("These are the words it has already."))
    if not registry.channel(reply.account.channel).can.edit:
        raise CannotAmendError(_("This platform lets nobody change what was said."))
    said = gettext_noop("changes a sent reply to")
    return _queued(reply, actor, text.strip(), why, said, takes_back=False)


def take_back(reply: Reply, actor: Advisor, why: str) -> Amendment:
    """Take a reply off its platform; the desk keeps what it said. Raises CannotAmendError."""
    if not registry.channel(reply.account.channel).can.delete:
        raise CannotAmendError(_("This platform lets nobody take back what was said."))
    said = gettext_noop("takes back a reply to")
    return _queued(reply, actor, "", why, said, takes_back=True)


def _queued(
    reply: Reply, actor: Advisor, text: str, why: str, said: str, *, takes_back: bool
) -> Amendment:
    _require(reply, actor, why)
    now = clock.now()
    try:
        with transaction.atomic():
            row = Amendment.objects.create(
                reply=reply,
                account=reply.account,
                advisor=actor,
                text=text,
                before=reply.text,
                why=masked(why.strip(), LONGEST_WHY),
                takes_back=takes_back,
                key=f"amends-{reply.key}"[:200],
                state=State.QUEUED,
                written_at=now,
                due_at=now,
            )
            live.changed(live.conversation(reply.conversation.public_id))
            audit.line(
                actor,
                said,
                reply.conversation.public_id,
                reply=reply.pk,
                why=row.why,
            )
    except IntegrityError:
        raise CannotAmendError(
            _("Another change of this reply is under way. Look again when it is done.")
        ) from None
    return row


def _require(reply: Reply, actor: Advisor, why: str) -> None:
    if reply.advisor_id != actor.pk:
        access.require(actor, access.STEER)
    access.require(actor, access.ANSWER)
    if reply.state != State.SENT or not reply.external_id:
        raise CannotAmendError(_("The desk does not know where this reply stands. Look there."))
    if not why.strip():
        raise CannotAmendError(_("Say why in a few words; it stands in the history."))
    if gone_at(reply):
        raise CannotAmendError(_("This reply is not there any more."))


def gone_at(reply: Reply) -> datetime | None:
    """When it was taken away, by us or by another hand; None while it stands."""
    taken = reply.amendments.filter(state=State.SENT, takes_back=True).first()
    if taken:
        return taken.sent_at
    return _heard(reply).exclude(deleted_at=None).values_list("deleted_at", flat=True).first()


def under_way(reply: Reply) -> Amendment | None:
    """The change that has not come to an end."""
    return reply.amendments.filter(state__in=[*LEAVING, *UNSETTLED]).first()


def _standing(row: Amendment) -> Standing:
    reply = row.reply
    words = reply.text if row.takes_back else row.text
    return Standing(
        external_id=reply.external_id,
        ref=reply.ref or _heard(reply).values_list("ref", flat=True).first() or {},
        reply=replace(outgoing(reply), text=words),
    )


def _heard(reply: Reply) -> "QuerySet[Mention, Mention]":
    """The reply as we heard it on our own timeline."""
    return Mention.objects.filter(
        channel=reply.account.channel, external_id=reply.external_id, ours=True
    )
