"""Times on public pages."""

from datetime import datetime

from django import template

from rejoinder.web.public import render

register = template.Library()


@register.filter
def on(moment: datetime) -> str:
    """The time and its whole day."""
    return render.on(moment)


@register.filter
def on_or_at(moment: datetime, said: datetime | None) -> str:
    """The time alone where the page has named its day already."""
    return render.on_or_at(moment, said)
