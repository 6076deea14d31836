"""What was heard by area of the business, against the usual; few people are not shown. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from rejoinder.reporting.few import FEW, apart
from rejoinder.reporting.spans import Span, Usual, known, usual

MOODS = ("negative", "neutral", "positive")
MOST = 7  # verbatims of an area


@dataclass(frozen=True, slots=True)
class Counted:
    """Mentions, and the people who wrote them."""

    mentions: int
    people: int


NOTHING = Counted(0, 0)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with a name, and how often it was asked."""

    question: int
    name: str
    counted: Counted


@dataclass(frozen=True, slots=True)
class Heard:
    """One area's raw figures: of the span, by mood and question, and mentions by day."""

    whole: Counted
    moods: Mapping[str, Counted]
    questions: Sequence[Asked]
    days: Mapping[date, int]


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody wrote, as it may be shown; `mention` leads those there who may see it."""

    text: str
    mention: int


@dataclass(frozen=True, slots=True)
class Theme:
    """One area as a report tells of it; `whole` is None when too few people wrote.

    `moods` are shares of the mentions that were read (`few.apart`); `questions` those that five
    people or more asked, most people first; `usual` None while there are too few weeks.
    """

    whole: Counted | None
    usual: Usual | None = None
    moods: Mapping[str, float] = field(default_factory=dict)
    questions: Sequence[Asked] = ()
    quotes: Sequence[Quote] = ()

    @property
    def change(self) -> int:
        """1: more than in any of the weeks that are usual; -1: less than in any; 0: neither."""
        return self.usual.compared(self.whole.mentions) if self.usual and self.whole else 0


def theme(heard: Heard, span: Span, heard_from: date | None) -> Theme:
    """The figures of one area; `heard_from` is the first day on which the desk heard anything."""
    if heard.whole.people < FEW:
        return Theme(None)
    weeks = known(span, heard_from)
    asked = [each for each in heard.questions if each.counted.people >= FEW]
    return Theme(
        whole=heard.whole,
        usual=usual([counted(heard.days, week) for week in weeks]),
        moods=apart(
            {mood: heard.moods.get(mood, NOTHING).people for mood in MOODS},
            {mood: heard.moods.get(mood, NOTHING).mentions for mood in MOODS},
        ),
        questions=sorted(asked, key=lambda each: (-each.counted.people, each.name)),
    )


def counted(days: Mapping[date, int], span: Span) -> int:
    """Mentions on the days of a span."""
    return sum(many for day, many in days.items() if span.holds(day))
