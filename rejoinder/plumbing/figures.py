"""Numbers and stretches of time as people write them, in the language that is active."""

from datetime import timedelta

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def figure(value: float) -> str:
    """A number with its thousands apart, in the reader's way; no more decimals than it has."""
    shown = int(value) if value == int(value) else value
    return number_format(shown, force_grouping=True)


def length(of: timedelta) -> str:
    """A stretch of time in its largest unit; less than a minute is "now"."""
    seconds = max(0.0, of.total_seconds())
    if seconds < 60:
        return _("now")
    if seconds < 3600:
        return _("%(n)d min") % {"n": seconds // 60}
    if seconds < 86400:
        return _("%(n)d h") % {"n": seconds // 3600}
    days = int(seconds // 86400)
    if days >= 730:
        return _("%(n)d years") % {"n": days // 365}
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
