"""How reports write a figure; a dash where none was seen."""

from django import template

from rejoinder.web.reports import shown

register = template.Library()


@register.filter
def stretch(seconds: float | None) -> str:
    """A stretch of time in words."""
    return "–" if seconds is None else shown.stretch(seconds)


@register.filter
def percent(share: float | None) -> str:
    """A share in percent."""
    return "–" if share is None else shown.percent(share)
