"""How acknowledgements leave: as replies do, but private always and never once people are back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop
from msgspec.structs import replace

from rejoinder.channels import registry
from rejoinder.channels.contract import PRIVATE, Channel, Outgoing, Receipt, Refused, Sent
from rejoinder.listening.models import Conversation, Mention
from rejoinder.outbox import reply
from rejoinder.outbox.models import Acknowledgement, State
from rejoinder.outbox.way import Way
from rejoinder.plumbing import clock, live
from rejoinder.privacy.vault import NotOpenedError
from rejoinder.team import audit
from rejoinder.team.access import NotAllowedError
from rejoinder.team.models import Advisor


class Acknowledgements(Way[Acknowledgement]):
    """To one person, once in their conversation."""

    model = Acknowledgement
    related = ("account", "advisor", "conversation", "mention__person")
    sent = gettext_noop("sent an acknowledgement to")
    refused = gettext_noop("was refused an acknowledgement to")

    def gone(self, row: Acknowledgement) -> str:
        """What it says is true no more, or nobody waits for it."""
        if row.until <= clock.now():
            return "Somebody was there again before this left."
        if row.conversation.waiting_since is None or row.mention.deleted_at:
            return "Nobody waited any more before this left."
        return ""

    def about(self, row: Acknowledgement) -> str:
        return str(row.conversation.public_id)

    def kind(self, row: Acknowledgement) -> str:
        return PRIVATE

    def topics(self, row: Acknowledgement) -> tuple[str, ...]:
        return (live.conversation(row.conversation.public_id),)

    def give(self, channel: Channel, row: Acknowledgement) -> Sent:
        try:
            contact = reply.contact(channel, row, "to say that nobody is there")
        except (NotOpenedError, NotAllowedError) as error:
            return Refused(str(error))
        return channel.send(_outgoing(row, contact), row.key)

    def find(self, channel: Channel, row: Acknowledgement) -> Receipt | None:
        return channel.find_sent(_outgoing(row), row.key)

    def hold(self, row: Acknowledgement) -> None:
        """The conversation, as replies do."""
        Conversation.objects.select_for_update().filter(id=row.conversation_id).first()

    def tell(self, row: Acknowledgement) -> None:
        """Nothing follows: who got one waits as before."""


def queue(mention: Mention, advisor: Advisor, text: str, until: datetime) -> Acknowledgement:
    """Write it down; it leaves at once, and waits while planned posts are paused.

    Raises IntegrityError where the mention has one, ValueError for what was said in public.
    """
    if mention.public or mention.account is None or mention.conversation is None:
        raise ValueError("only a private message to a connected account is acknowledged")
    now = clock.now()
    with transaction.atomic():
        row = Acknowledgement.objects.create(
            account=mention.account,
            conversation=mention.conversation,
            mention=mention,
            advisor=advisor,
            text=text,
            planned=True,
            state=State.QUEUED,
            written_at=now,
            due_at=now,
            until=until,
        )
        # The number of the row makes keys of one moment differ, the letter those of two kinds.
        key = registry.channel(mention.account.channel).new_key(now, row.pk)
        row.key = f"a{key}"
        row.save(update_fields=["key"])
        live.changed(live.conversation(mention.conversation.public_id))
        audit.line(None, "queued an acknowledgement to", mention.conversation.public_id)
    return row


def _outgoing(row: Acknowledgement, contact: str = "") -> Outgoing:
    return replace(reply.outgoing(row, contact), automatic=True)
