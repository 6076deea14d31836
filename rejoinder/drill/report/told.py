"""A rehearsed day in sentences. Pure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rejoinder.drill.report.measures import Measures, Spent
from rejoinder.drill.report.words import POLICIES, channel, clock, count, percent
from rejoinder.drill.world import HOUR_S

DIFFERENCES = ("{0.mode}", "{0.world.name}", "seed {0.seed}")
NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


@dataclass(frozen=True, slots=True)
class Named:
    """A run under a name that no other on the page has."""

    name: str
    measures: Measures


def named(shown: Sequence[Measures]) -> list[Named]:
    """Called by their policy and, where that is not enough, by what differs."""
    names = [POLICIES.get(one.run.policy, one.run.policy) for one in shown]
    for difference in DIFFERENCES:
        said = [difference.format(one.run) for one in shown]
        if len(set(names)) < len(names) and len(set(said)) > 1:
            names = [f"{name}, {words}" for name, words in zip(names, said, strict=True)]
    counts = Counter(names)
    numbered = [
        f"{name} ({place})" if counts[name] > 1 else name for place, name in enumerate(names, 1)
    ]
    return [Named(name, one) for name, one in zip(numbered, shown, strict=True)]


def heading(shown: Sequence[Measures]) -> str:
    """What the page is about."""
    days = {(one.run.world.name, one.run.seed, len(one.run.arrivals)) for one in shown}
    if len(shown) == 1:
        return f"A rehearsed day: {shown[0].run.world.name}"
    said = NUMBERS[len(shown)] if len(shown) < len(NUMBERS) else str(len(shown))
    if len(days) == 1:
        return f"{said} ways through the same day: {shown[0].run.world.name}"
    return f"{said} rehearsed days"


def lead(shown: Sequence[Measures]) -> str:
    """How large the day was, and what it is measured by."""
    first = shown[0].run
    return (
        f"{count(len(first.arrivals))} mentions, {count(first.score.urgent)} of them urgent. "
        "The share says how much of what an answer is worth was reached: 100 % is the most "
        "that anybody could have reached who knew the whole day beforehand, which nobody does."
    )


def summary(one: Measures) -> str:
    """The day of one run."""
    return " ".join(_sentences(one))


def _sentences(one: Measures) -> Iterator[str]:
    score = one.run.score
    if one.spent is not None:
        yield spending(one.spent)
    late = score.urgent_late_1h
    after = "" if late is None else f"; of those who came after 15:00, {percent(late)}"
    yield (
        f"{count(score.urgent_1h)} of {count(score.urgent)} urgent people had an answer within "
        f"the hour{after}."
    )
    yield f"{count(score.answered_1h)} of {count(score.people)} people with a question had one."
    if score.over_limit:
        yield f"The platforms refused {count(score.over_limit)} posts."


def spending(spent: Spent) -> str:
    """How a limit was used."""
    rule = spent.limit
    limit = f"{channel(rule.account)}’s limit of {count(rule.cap)} {rule.name}"
    if spent.gone_at is None:
        return f"{limit} lasted; {count(spent.most)} were used at most."
    if rule.window_s < HOUR_S:
        return f"{limit} was first used up at {clock(spent.gone_at)}."
    return f"{limit} was used up at {clock(spent.gone_at)}."
