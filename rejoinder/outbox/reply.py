"""How replies leave."""

from typing import Any

from django.utils.translation import gettext_noop

from rejoinder.channels import registry
from rejoinder.channels.contract import (
    BY_HAND,
    PRIVATE,
    Channel,
    Film,
    Outgoing,
    Picture,
    Receipt,
    Refused,
    Sent,
    Uncertain,
)
from rejoinder.listening.models import Conversation, Mention
from rejoinder.outbox import settled
from rejoinder.outbox.models import Acknowledgement, Reply
from rejoinder.outbox.way import Way
from rejoinder.plumbing import live
from rejoinder.privacy import contacts
from rejoinder.privacy.vault import NotOpenedError
from rejoinder.team.access import NotAllowedError


class Replies(Way[Reply]):
    """To one person, in their conversation."""

    model = Reply
    related = ("account", "advisor", "conversation", "mention__person")
    sent = gettext_noop("sent a reply to")
    refused = gettext_noop("was refused a reply to")
    keeps = ("ref",)

    def gone(self, row: Reply) -> str:
        """Its post was deleted meanwhile: the writer decides what to do with the words."""
        if row.mention.deleted_at:
            return "The post was deleted by its author before this left."
        return ""

    def about(self, row: Reply) -> str:
        return str(row.conversation.public_id)

    def kind(self, row: Reply) -> str:
        if row.by_hand:
            return BY_HAND
        return PRIVATE if row.private else registry.channel(row.account.channel).kind_of(row.text)

    def topics(self, row: Reply) -> tuple[str, ...]:
        return (live.QUEUE, live.conversation(row.conversation.public_id))

    def in_hand(self, row: Reply) -> bool:
        return row.by_hand

    def give(self, channel: Channel, row: Reply) -> Sent:
        if row.by_hand:
            return Uncertain("It waits for somebody to send it by hand.")
        try:
            reached = contact(channel, row, "to send the reply")
        except (NotOpenedError, NotAllowedError) as error:
            return Refused(str(error))
        return channel.send(outgoing(row, reached), row.key)

    def find(self, channel: Channel, row: Reply) -> Receipt | None:
        return channel.find_sent(outgoing(row), row.key)

    def kept(self, receipt: Receipt) -> dict[str, Any]:
        return {"ref": receipt.ref}

    def hold(self, row: Reply) -> None:
        """The conversation, as the desk's own actions do."""
        Conversation.objects.select_for_update().filter(id=row.conversation_id).first()

    def tell(self, row: Reply) -> None:
        settled.tell(row)


def contact(channel: Channel, row: Reply | Acknowledgement, why: str) -> str:
    """Where the person can be reached, opened for this one try in the name of its writer.

    Empty where the channel needs none or the person told none.
    """
    if not channel.contact:
        return ""
    person = row.mention.person
    whose = contacts.Whose(person.channel, person.external_id, channel.contact)
    return contacts.open_contact(whose, "care-reply", row.advisor, why) or ""


def by_hand_page(reply: Reply) -> str:
    """The platform's page with the words ready, where only a person may send; else empty."""
    if reply.private:
        return ""
    channel = registry.channels().get(reply.account.channel)
    return channel.by_hand(outgoing(reply), reply.account.settings) if channel else ""


def outgoing(reply: Reply | Acknowledgement, contact: str = "") -> Outgoing:
    """The reply, or what is sent as one, as its channel sees it."""
    mention = reply.mention
    root_ref = mention.ref
    if mention.thread != mention.external_id:
        root = Mention.objects.filter(channel=mention.channel, external_id=mention.thread)
        root_ref = root.values_list("ref", flat=True).first() or {}
    return Outgoing(
        text=reply.text,
        to=mention.external_id,
        root=mention.thread,
        to_handle=mention.person.handle,
        ref=mention.ref,
        root_ref=root_ref,
        contact=contact,
        language=mention.language,
        private=reply.private,
        pictures=_pictures(reply) if isinstance(reply, Reply) else (),
        film=_film(reply) if isinstance(reply, Reply) else None,
        created_at=reply.written_at,
    )


def _pictures(reply: Reply) -> tuple[Picture, ...]:
    return tuple(
        Picture(data=bytes(row.data), alt=row.alt, width=row.width, height=row.height)
        for row in reply.pictures.filter(seconds=0).order_by("pk")
    )


def _film(reply: Reply) -> Film | None:
    row = reply.pictures.filter(seconds__gt=0).first()
    if row is None:
        return None
    return Film(
        data=bytes(row.data),
        alt=row.alt,
        width=row.width,
        height=row.height,
        seconds=row.seconds,
    )
