"""Deliveries that webhooks brought: each counts once, whoever sends its copy."""

from datetime import timedelta

from django.db import transaction

from rejoinder.channels.models import Account, Delivery
from rejoinder.plumbing import clock

KEPT = timedelta(days=2)  # longer than any channel takes a delivery for fresh


def first(account: Account, digest: str) -> bool:
    """Write a delivery down; False when it was here before. Undone with the transaction."""
    with transaction.atomic():
        values = {"account": account, "digest": digest[:128]}
        return Delivery.objects.get_or_create(**values, defaults={"at": clock.now()})[1]


def forget() -> int:
    """Delete those that a channel would call old by itself; how many."""
    return Delivery.objects.filter(at__lt=clock.now() - KEPT).delete()[0]
