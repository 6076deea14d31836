"""The platform's own page for a reply that only a person may send."""

from django import template

from rejoinder.outbox.models import Reply
from rejoinder.outbox.reply import by_hand_page as page

register = template.Library()


@register.filter
def by_hand_page(reply: Reply) -> str:
    """Its address, with the words ready."""
    return page(reply)
