"""Times that were promised, in words."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _


def slot(start: datetime, end: datetime) -> str:
    """A day and two times, as the reader's place has them."""
    first, last = timezone.localtime(start), timezone.localtime(end)
    day = date_format(first, _("l j F"))
    between = {"from": date_format(first, "H:i"), "to": date_format(last, "H:i")}
    return f"{day}, " + _("%(from)s to %(to)s") % between
