"""All the ways out of the house; replies first: a person waits for each."""

from typing import Any

from rejoinder.outbox.acknowledgement import Acknowledgements
from rejoinder.outbox.amendment import Amendments
from rejoinder.outbox.models import Leaving
from rejoinder.outbox.moderation import Moderations
from rejoinder.outbox.publication import Publications
from rejoinder.outbox.reply import Replies
from rejoinder.outbox.way import Way

WAYS: tuple[Way[Any], ...] = (
    Replies(),
    Moderations(),
    Amendments(),
    Publications(),
    Acknowledgements(),
)
_BY_MODEL = {way.model: way for way in WAYS}


def way_of(row: Leaving) -> Way[Any]:
    """How this row leaves."""
    return _BY_MODEL[type(row)]
