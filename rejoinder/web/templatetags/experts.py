"""Who of the house has a question."""

from django import template

from rejoinder.desk.models import Referral
from rejoinder.web.experts import sentences

register = template.Library()


@register.simple_tag
def with_whom(row: Referral) -> str:
    """With whom it is, and by when."""
    return sentences.with_whom(row)
