"""The e-mail of a saved view: its figures in text, and where its chart is."""

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rejoinder.reporting.explore import asking
from rejoinder.reporting.explore.cells import TooManyError
from rejoinder.reporting.explore.tables import answer
from rejoinder.reporting.few import FEW
from rejoinder.reporting.models import ViewTime
from rejoinder.web.reports import explore_shown
from rejoinder.web.reports.explore_shown import Shown

MOST = 20  # values with their figures, those with most mentions


def letter(chosen: ViewTime, address: str) -> tuple[str, str]:
    """Subject and text, in the language of who reads it."""
    asked = asking.asked(chosen.view.asks)
    with translation.override(chosen.to.language):
        parts = [explore_shown.said(asked, explore_shown.names_of(asked)), _figures(asked)]
        few = ngettext(
            "Figures about fewer than %(n)d person are hidden.",
            "Figures about fewer than %(n)d people are hidden.",
            FEW,
        )
        parts.append(few % {"n": FEW})
        parts.append(f"{_where(chosen)}\n{address}")
        return chosen.view.name, "\n\n".join(parts) + "\n"


def _figures(asked: asking.Asked) -> str:
    try:
        shown = explore_shown.shown(answer(asked))
    except TooManyError:
        return _("That are more figures than anybody could read.")
    if not shown:
        return _("Nobody wrote in this time.")
    lines = [_line(each) for each in shown[:MOST]]
    if len(shown) > MOST:
        lines.append(_("… and %(n)d more") % {"n": len(shown) - MOST})
    return "\n".join(lines)


def _line(each: Shown) -> str:
    if each.hidden:
        return f"- {each.name}: {each.mentions}"
    figures = _("%(mentions)s mentions, %(people)s people")
    return f"- {each.name}: {figures % {'mentions': each.mentions, 'people': each.people}}"


def _where(chosen: ViewTime) -> str:
    if chosen.expert is None:
        return _("The chart, step by step, on the desk:")
    return _("The chart, step by step; the address is yours alone and ends in two weeks:")
