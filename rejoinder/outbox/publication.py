"""How publications leave: one number of a subject at a time, each in place of the one before."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_noop

from rejoinder.channels import contract, registry
from rejoinder.channels.contract import PUBLICATION, Channel, Receipt, Sent
from rejoinder.outbox import settled, stop
from rejoinder.outbox.models import UNSETTLED, Publication, State
from rejoinder.outbox.way import Way
from rejoinder.plumbing import live

# What numbers that replace each other have in common.
SAME = ("account_id", "subject", "language")


class Publications(Way[Publication]):
    """To everybody who reads an account."""

    model = Publication
    related = ("account", "advisor")
    sent = gettext_noop("sent a publication of")
    refused = gettext_noop("was refused a publication of")
    keeps = ("ref", "replaced_by")

    def ready(
        self, rows: "QuerySet[Publication, Publication]"
    ) -> "QuerySet[Publication, Publication]":
        """While nobody knows whether one number is out, the next may not be: they would be two."""
        same = {name: OuterRef(name) for name in SAME}
        doubtful = Publication.objects.filter(**same, state__in=UNSETTLED)
        return rows.filter(~Exists(doubtful))

    def about(self, row: Publication) -> str:
        return str(row.subject)

    def kind(self, row: Publication) -> str:
        channel = registry.channel(row.account.channel)
        priced = any(PUBLICATION in limit.costs for limit in channel.limits())
        return PUBLICATION if priced else channel.kind_of(row.text)

    def topics(self, row: Publication) -> tuple[str, ...]:
        return (live.subject(row.subject),)

    def give(self, channel: Channel, row: Publication) -> Sent:
        return channel.publish(published(row), row.key)

    def find(self, channel: Channel, row: Publication) -> Receipt | None:
        return channel.find_published(published(row), row.key)

    def kept(self, receipt: Receipt) -> dict[str, Any]:
        return {"ref": receipt.ref}

    def hold(self, row: Publication) -> None:
        """The account, as queueing the next number does: the two know of each other."""
        stop.hold(row.account)

    def tell(self, row: Publication) -> None:
        settled.tell_publication(row)


def versions(row: Publication) -> "QuerySet[Publication, Publication]":
    """All numbers of what this is one of, itself too."""
    return Publication.objects.filter(**{name: getattr(row, name) for name in SAME})


def published(row: Publication) -> contract.Publication:
    """The publication as its channel sees it, with what it takes the place of."""
    sent = versions(row).filter(state=State.SENT, number__lt=row.number)
    earlier = sent.order_by("-number").first()
    return contract.Publication(
        title=row.title,
        text=row.text,
        html=row.html,
        summary=row.summary,
        url=row.page,
        language=row.language,
        pin=row.pin,
        external_id=earlier.external_id if earlier else "",
        ref=earlier.ref if earlier else {},
        created_at=row.written_at,
    )
