"""What an alarm saw, in one sentence, in the language that is active."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from rejoinder.crisis.models import Alarm
from rejoinder.plumbing import figures


def of(row: Alarm) -> str:
    """Of an alarm as it is written down."""
    told = {
        "came": row.came,
        "usual": row.usual,
        "seconds": row.seconds,
        "problems": row.problems_came,
        "problems_usual": row.problems_usual,
        "question": row.question.name if row.question else "",
        "area": row.area,
    }
    return saw(told)


def saw(told: dict[str, Any]) -> str:
    """Of what a line of the timeline kept of it."""
    length = figures.length(timedelta(seconds=told["seconds"]))
    values = {"n": _amount(told["came"]), "usual": _amount(told["usual"]), "length": length}
    if told.get("question"):
        values["question"] = told["question"]
        sentence = _("%(n)s ask “%(question)s” in %(length)s, usually %(usual)s")
        return sentence % values
    if told.get("area"):
        values["area"] = told["area"]
        seen = _("%(n)s name %(area)s in %(length)s, usually %(usual)s") % values
    else:
        seen = _("%(n)s mentions in %(length)s, usually %(usual)s") % values
    if told.get("problems") is None:
        return seen
    troubled = {"n": _amount(told["problems"]), "usual": _amount(told["problems_usual"] or 0.0)}
    return _("%(seen)s; %(n)s report a problem, usually %(usual)s") % {"seen": seen, **troubled}


def _amount(number: float) -> str:
    """Whole from ten on; below it one digit more, if there is one."""
    return figures.figure(round(number) if number >= 10 else round(number, 1))
