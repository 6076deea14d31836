"""Words for the people of a batch."""

from django import template

from rejoinder.desk.models import BatchItem
from rejoinder.web.answers import batches

register = template.Library()


@register.filter
def batch_state(item: BatchItem) -> str:
    """Where somebody stands in it, and why they are not told if so."""
    return batches.state_words(item)
