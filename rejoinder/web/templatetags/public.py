"""Times on public pages."""

from datetime import datetime

from django import template

from rejoinder.web.public import render

register = template.Library()


@register.filter
def on(moment: datetime) -> str:
    """The time and its whole day."""
    return render.on(moment)
