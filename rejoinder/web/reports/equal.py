"""Whether people wait alike whichever channel they chose: a sentence, and rows."""

from collections.abc import Collection, Sequence
from dataclasses import asdict

from django.utils.translation import gettext as _

from rejoinder.reporting.equal import Compared
from rejoinder.reporting.wait import Wait
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
    heard = [channel_label(each.group) for each in found if each.group not in elsewhere]
    told = [each.group for each in found if each.group in elsewhere]
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
    return f"{first} {second}"


def by_followers(found: Sequence[Compared]) -> str:
    """What can be said of people by how many follow them."""
    if not found:
        return _("Of too few people is it known how many follow them.")
    differ = [each for each in found if each.differs]
    if not differ:
        return _(
            "In the same need nobody waited longer for how many follow them, as far as these "
            "figures can tell."
        )
    return " ".join(_fifth_differs(each) for each in differ)


def fifth(each: Compared) -> str:
    """Which one, in words."""
    names = {
        "1": _("fewest followers"),
        "2": _("few"),
        "3": _("in the middle"),
        "4": _("many"),
        "5": _("most followers"),
    }
    return names[each.group]


def followers_cover(waits: Sequence[Wait]) -> str:
    """Of whom it is known, and that nobody in the queue is put before another for it."""
    told = sorted({channel_label(wait.channel) for wait in waits if wait.followed is not None})
    if not told:
        return _("None of these channels tells how many follow somebody.")
    words = _(
        "Known of people on %(channels)s, roughly, and for this figure alone: the queue does not "
        "know it. Fifths are those of each channel."
    )
    return words % {"channels": ", ".join(told)}


def plain(found: Sequence[Compared], name: str) -> list[dict[str, object]]:
    """For a file: the group under its own name."""
    rows = [asdict(each) for each in found]
    return [{name: row.pop("group"), **row} for row in rows]


def difference(each: Compared) -> str:
    """How much longer or less long than others in the same need."""
    return _stretched(each.longer)


def between(each: Compared) -> str:
    """Where that lies."""
    ends = {"low": _stretched(each.low), "high": _stretched(each.high)}
    return _("%(low)s to %(high)s") % ends


def _differs(each: Compared) -> str:
    values = {
        "channel": channel_label(each.group),
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


def _fifth_differs(each: Compared) -> str:
    values = {
        "fifth": fifth(each),
        "longer": stretch(abs(each.longer)),
        "low": stretch(min(abs(each.low), abs(each.high))),
        "high": stretch(max(abs(each.low), abs(each.high))),
    }
    if each.longer > 0:
        words = _(
            "By followers, those of “%(fifth)s” waited %(longer)s longer than others in the same "
            "need, between %(low)s and %(high)s."
        )
    else:
        words = _(
            "By followers, those of “%(fifth)s” waited %(longer)s less than others in the same "
            "need, between %(low)s and %(high)s."
        )
    return words % values


def _stretched(seconds: float) -> str:
    """With its sign; a minus as wide as a figure."""
    return f"{'−' if seconds <= -1 else '+' if seconds >= 1 else ''}{stretch(abs(seconds))}"
