"""A week for the board in words: a document of five short chapters, for a page and for paper."""

from collections.abc import Callable, Sequence

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from rejoinder.crisis.report.document import Document, Section, Table
from rejoinder.desk.models import BusinessArea
from rejoinder.plumbing import clock
from rejoinder.reporting.board import Week
from rejoinder.reporting.few import FEW
from rejoinder.reporting.spans import BACK, ENOUGH
from rejoinder.reporting.survival import Curve
from rejoinder.reporting.themes import Theme
from rejoinder.team.models import Advisor, Organisation
from rejoinder.web.frame import words
from rejoinder.web.reports import theme_words
from rejoinder.web.reports.shown import HOUR, percent, stretch

AREAS, QUESTIONS, QUOTED = 7, 3, 3  # that one page has room for


def document(
    now: Week, before: Week, areas: Sequence[BusinessArea], asked: str, reader: Advisor
) -> Document:
    """Of this week and the one before; `asked` is what a lead wrote for the board."""
    house = (Organisation.objects.first() or Organisation()).name
    foot = _("Made by Rejoinder for %(name)s, %(at)s. Times are those of %(zone)s.")
    return Document(
        title=_("What is said, and what we do"),
        lead=f"{theme_words.days(now.read.span)}: {theme_words.how_much(now.read.whole)}",
        sections=[
            _said(now, before, areas),
            _changed(now, areas),
            _done(now, before),
            _promised(now, before),
            Section(
                _("What we need from you"),
                theme_words.plain(asked).split("\n") if asked else [_nothing()],
            ),
            _counted(),
        ],
        foot=foot
        % {
            "name": f"{reader.name}, {house}".rstrip(", "),
            "at": date_format(timezone.localtime(clock.now()), "j M Y, H:i"),
            "zone": timezone.get_current_timezone_name(),
        },
        language=get_language() or "en",
        dense=True,
    )


def _said(now: Week, before: Week, areas: Sequence[BusinessArea]) -> Section:
    told = _told(now, areas)[:AREAS]
    rows = [
        [
            area.name,
            words.figure(theme.whole.mentions if theme.whole else 0),
            _mentions(before.read.areas.get(area.pk)),
            theme_words.usual(theme.usual),
            theme_words.negative(theme),
        ]
        for area, theme in told
    ]
    heads = [_("Area"), _("This week"), _("Week before"), _("Usual"), _("Negative")]
    moods = theme_words.moods(now.read.whole)
    said = [f"{moods}."] if moods else []
    asked = [
        f"{each.name} ({words.figure(each.counted.people)})" for each in now.read.whole.questions
    ]
    if asked:
        many = _("Asked by most people: %(questions)s.")
        said.append(many % {"questions": "; ".join(asked[:QUESTIONS])})
    said += [
        _("%(area)s: “%(words)s”")
        % {"area": area.name, "words": theme_words.plain(theme.quotes[0].text)}
        for area, theme in told[:QUOTED]
        if theme.quotes
    ]
    if rest := theme_words.rest(now.read):
        said.append(rest)
    tables = [Table(_("Mentions by area of the house"), heads, rows)] if rows else []
    return Section(
        _("What is being said"), said or [_("Too few people to show anything.")], None, tables
    )


def _changed(now: Week, areas: Sequence[BusinessArea]) -> Section:
    told = _told(now, areas)
    said = [
        words_ % {"areas": ", ".join(_with_usual(*each) for each in told if each[1].change == way)}
        for way, words_ in (
            (1, _("More than in any of the earlier weeks: %(areas)s.")),
            (-1, _("Less than in any of the earlier weeks: %(areas)s.")),
        )
        if any(theme.change == way for _area, theme in told)
    ]
    if now.named:
        new = _("New questions: %(questions)s")
        said.append(new % {"questions": "; ".join(now.named[:QUESTIONS])})
    return Section(_("What changed"), said or [_nothing_changed(now)])


def _with_usual(area: BusinessArea, theme: Theme) -> str:
    values = {
        "area": area.name,
        "mentions": words.figure(theme.whole.mentions if theme.whole else 0),
        "usual": theme_words.usual(theme.usual),
    }
    return _("%(area)s (%(mentions)s, usually %(usual)s)") % values


def _nothing_changed(now: Week) -> str:
    if now.read.whole.usual is None:
        return _("There are not enough weeks yet to say what changed.")
    return _("No area lies outside what it had in earlier weeks, and no question is new.")


def _done(now: Week, before: Week) -> Section:
    figures: list[tuple[str, Callable[[Week], str]]] = [
        (_("Replies that left"), lambda week: words.figure(week.done.replies)),
        (_("People who had a reply"), lambda week: words.figure(week.done.people)),
        (_("Half of first answers within"), lambda week: _until(week.done.waited, 0.5)),
        (_("Nine of ten within"), lambda week: _until(week.done.waited, 0.9)),
        (_("Without an answer after an hour"), lambda week: _left(week.done.waited)),
        (_("People told a public answer"), lambda week: words.figure(week.done.told)),
        (_("Public answers published or revised"), lambda week: words.figure(week.done.published)),
    ]
    rows = [[label, shown(now), shown(before)] for label, shown in figures]
    heads = [_("Figure"), _("This week"), _("Week before")]
    return Section(_("What we did"), (), None, [Table(_("Our work"), heads, rows)])


def _promised(now: Week, before: Week) -> Section:
    values = {"kept": now.promised.kept, "late": now.promised.broken}
    if not any(values.values()):
        said = _("No promise fell due this week.")
    else:
        said = _("Promises that fell due: %(kept)s kept in time, %(late)s broken.") % values
    was = {"kept": before.promised.kept, "late": before.promised.broken}
    then = _("The week before: %(kept)s kept in time, %(late)s broken.") % was
    return Section(_("What we promised"), [f"{said} {then}"])


def _counted() -> Section:
    few = ngettext(
        "Groups of fewer than %(n)d person are not shown.",
        "Groups of fewer than %(n)d people are not shown.",
        FEW,
    )
    said = [
        _(
            "A mention counts for its week when somebody outside wrote it then; copies, deleted "
            "posts and our own words do not. It belongs to one area: that of its question, or else "
            "of what it is about."
        ),
        _(
            "Usual is the median of up to %(back)s earlier weeks, said from %(enough)s weeks on. "
            "Negative is the share of mentions whose mood was read."
        )
        % {"back": BACK, "enough": ENOUGH},
        _(
            "Waits run from a person's first word in the week to our first reply, with those who "
            "still wait counted in. Replies, waits and promises are told as they stood when the "
            "week ended."
        ),
        few % {"n": FEW},
    ]
    return Section(_("How this is counted"), [" ".join(said)])


def _told(week: Week, areas: Sequence[BusinessArea]) -> list[tuple[BusinessArea, Theme]]:
    """Areas that are shown, the one with most people first."""
    found = [(area, week.read.areas[area.pk]) for area in areas if week.read.areas[area.pk].whole]
    return sorted(found, key=lambda each: (-_people(each[1]), each[0].name))


def _people(theme: Theme) -> int:
    return theme.whole.people if theme.whole else 0


def _mentions(theme: Theme | None) -> str:
    return words.figure(theme.whole.mentions) if theme and theme.whole else "–"


def _until(waited: Curve | None, share: float) -> str:
    within = waited.until(share) if waited else None
    return "–" if within is None else stretch(within)


def _left(waited: Curve | None) -> str:
    left = waited.without(HOUR) if waited else None
    return "–" if left is None else percent(left)


def _nothing() -> str:
    return _("Nothing this week.")
