"""Whether people wait alike whichever channel they chose: a sentence, and rows."""

from collections.abc import Collection, Sequence

from django.utils.translation import gettext as _

from rejoinder.reporting.equal import Compared
from rejoinder.web.reports.shown import stretch
from rejoinder.web.templatetags.desk import channel_label


def sentence(found: Sequence[Compared]) -> str:
    """What can be said of it."""
    if not found:
        return _("Too few people in the same need came by different channels to compare them.")
    differ = [each for each in found if each.differs]
    if not differ:
        return _(
            "In the same need nobody waited longer for the channel they chose, as far as these "
            "figures can tell."
        )
    return " ".join(_differs(each) for each in differ)


def covers(found: Sequence[Compared], elsewhere: Collection[str] = ()) -> str:
    """What it speaks of, and what it is silent about: `elsewhere` are lines whose waits were
    brought in from another system.
    """
    heard = [channel_label(each.channel) for each in found if each.channel not in elsewhere]
    told = [each.channel for each in found if each.channel in elsewhere]
    first = _("This covers %(lines)s, as this desk heard them.") % {"lines": ", ".join(heard)}
    if told:
        words = _("Calls on %(lines)s are in it as their own system told them; others are not.")
        second = words % {"lines": ", ".join(told)}
    elif elsewhere:
        second = _(
            "Calls that were brought in are not in it: nobody wrote down in which need they were."
        )
    else:
        second = _("Calls that were taken elsewhere are not in it.")
    third = _("How many followers somebody has is kept nowhere here, so it moves nobody.")
    return f"{first} {second} {third}"


def difference(each: Compared) -> str:
    """How much longer or less long than others in the same need."""
    return _stretched(each.longer)


def between(each: Compared) -> str:
    """Where that lies."""
    ends = {"low": _stretched(each.low), "high": _stretched(each.high)}
    return _("%(low)s to %(high)s") % ends


def _differs(each: Compared) -> str:
    values = {
        "channel": channel_label(each.channel),
        "longer": stretch(abs(each.longer)),
        "low": stretch(min(abs(each.low), abs(each.high))),
        "high": stretch(max(abs(each.low), abs(each.high))),
    }
    if each.longer > 0:
        words = _(
            "On %(channel)s people waited %(longer)s longer than others in the same need, between "
            "%(low)s and %(high)s."
        )
    else:
        words = _(
            "On %(channel)s people waited %(longer)s less than others in the same need, between "
            "%(low)s and %(high)s."
        )
    return words % values


def _stretched(seconds: float) -> str:
    """With its sign; a minus as wide as a figure."""
    return f"{'−' if seconds <= -1 else '+' if seconds >= 1 else ''}{stretch(abs(seconds))}"
