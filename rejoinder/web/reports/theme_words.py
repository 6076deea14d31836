"""Themes as people read them: a sentence on how much, against the usual, and on the mood."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rejoinder.privacy.find.markers import markers
from rejoinder.reporting.few import FEW, REST
from rejoinder.reporting.heard import Read
from rejoinder.reporting.spans import Span, Usual
from rejoinder.reporting.themes import Theme
from rejoinder.web.frame import words
from rejoinder.web.reports.shown import percent
from rejoinder.web.talk import reasons


def days(span: Span) -> str:
    """The days that are looked at: “Monday 2 March”, “2 to 8 March 2026”."""
    if span.days == 1:
        return date_format(span.first, "l j F Y")
    return _("%(first)s to %(last)s") % {
        "first": date_format(span.first, "j F"),
        "last": date_format(span.last, "j F Y"),
    }


def how_much(theme: Theme) -> str:
    """Mentions and people, against the usual."""
    if theme.whole is None:
        return _("Too few people to show anything.")
    values = {
        "mentions": words.figure(theme.whole.mentions),
        "people": words.figure(theme.whole.people),
    }
    heard = ngettext(
        "%(mentions)s mention by %(people)s people",
        "%(mentions)s mentions by %(people)s people",
        theme.whole.mentions,
    )
    return f"{heard % values}{_against(theme)}"


def _against(theme: Theme) -> str:
    if theme.usual is None:
        return _("; not enough weeks yet to say what is usual.")
    said = _(", usually %(usual)s (%(low)s to %(high)s in %(weeks)s earlier weeks).") % {
        "usual": usual(theme.usual),
        "low": _many(theme.usual.low),
        "high": _many(theme.usual.high),
        "weeks": theme.usual.weeks,
    }
    return f"{said} {change(theme)}".rstrip()


def change(theme: Theme) -> str:
    """In a word; empty when it is as usual, or not known."""
    return {
        1: _("More than in any of them."),
        -1: _("Less than in any of them."),
    }.get(theme.change, "")


def usual(found: Usual | None) -> str:
    """For a table: the median; a dash while there are too few weeks."""
    return "–" if found is None else _many(round(found.middle))


def _many(mentions: int) -> str:
    """A count of a week of which nothing else is known: so few could be of few people."""
    if 0 < mentions < FEW:
        return _("under %(n)d") % {"n": FEW}
    return words.figure(mentions)


def rest(found: Read) -> str:
    """How much of it stands in no area that is shown; empty where next to nothing does."""
    shown = sum(each.whole.mentions for each in found.areas.values() if each.whole)
    left = (found.whole.whole.mentions if found.whole.whole else 0) - shown
    if not found.areas or left < FEW:
        return ""
    said = _("%(mentions)s of them belong to no area, or to one with too few people to show.")
    return said % {"mentions": words.figure(left)}


def moods(theme: Theme) -> str:
    """“Negative 62 %, neutral 30 %, the rest 8 %”; empty when too few were read."""
    labels = words.sentiment_labels() | {REST: _("the rest")}
    return ", ".join(f"{labels[mood]} {percent(share)}" for mood, share in theme.moods.items())


def negative(theme: Theme) -> str:
    """For a table; a dash where too few people were negative, or were not, to say it."""
    share = theme.moods.get("negative")
    return "–" if share is None else percent(share)


def plain(text: str) -> str:
    """What people wrote where there is no styling: what is hidden is named in the reader's
    language.
    """
    labels, parts, at = reasons.kind_labels(), [], 0
    for span in markers(text):
        parts += [text[at : span.start], f"[{labels[span.kind]}]"]
        at = span.end
    return "".join([*parts, text[at:]])
