"""The parts of a report, each with its charts side by side and its numbers in one table. Pure."""

from collections.abc import Callable, Sequence

from rejoinder.drill.report import chart
from rejoinder.drill.report.measures import HOURS, MOMENTS, Measures, Shares
from rejoinder.drill.report.outcome import Floats
from rejoinder.drill.report.told import Named, spending, summary
from rejoinder.drill.report.words import NEEDS, channel, clock, count, percent
from rejoinder.plumbing.markup import Markup, table, tag

HOURLY = 6  # moments in one hour
Draw = Callable[[Named], Sequence[Markup]]


def score(shown: Sequence[Named]) -> Markup:
    """What came of it, in words and in numbers."""
    runs = [
        tag(
            "article",
            tag("h2", one.name),
            tag("p", percent(one.measures.run.score.ratio), class_="figure"),
            tag("p", "of what hindsight could have reached", class_="soft"),
            tag("p", summary(one.measures)),
        )
        for one in shown
    ]
    scores = [one.measures.run.score for one in shown]
    rows = [
        ["People with a question", *(count(one.people) for one in scores)],
        ["People answered within the hour", *(count(one.answered_1h) for one in scores)],
        ["Urgent people", *(count(one.urgent) for one in scores)],
        ["Urgent people answered within the hour", *(count(one.urgent_1h) for one in scores)],
        ["The same after 15:00", *(percent(one.urgent_late_1h) for one in scores)],
        ["Posts of ours", *(count(one.posts) for one in scores)],
        ["Posts refused", *(count(one.over_limit) for one in scores)],
        ["Money", *(f"{one.money:,.2f}" for one in scores)],
    ]
    numbers = table("The score", ["What", *(one.name for one in shown)], rows)
    return tag("section", tag("div", *runs, class_="runs"), _unfolds(numbers))


def posts(shown: Sequence[Named]) -> Markup | None:
    """The limit that most is posted against."""
    spent = {one.name: one.measures.spent for one in shown}
    limited = {name: found for name, found in spent.items() if found is not None}
    if not limited:
        return None
    top = chart.round_up(max(max(one.most, one.limit.cap) for one in limited.values()))

    def draw(one: Named) -> list[Markup]:
        if one.name not in limited:
            return [tag("p", "No account of this day has a limit.")]
        found = limited[one.name]
        mark = found.gone_at and (found.gone_at, f"used up at {clock(found.gone_at)}")
        cap, words = found.limit.cap, spending(found)
        return [chart.line(MOMENTS, found.used, top=top, cap=cap, mark=mark or None, label=words)]

    rows = [
        [clock(MOMENTS[at]), *(count(found.used[at]) for found in limited.values())]
        for at in range(0, len(MOMENTS), HOURLY)
    ]
    words = "Posts that count against the limit, through the day. The dotted line is the limit."
    return _chapter("What was spent", words, shown, draw, table("Posts", ["At", *limited], rows))


def waiting(shown: Sequence[Named]) -> Markup:
    """Who waits, by need."""
    tops = [max(one.measures.waiting[need].max() for one in shown) for need in range(len(NEEDS))]

    def draw(one: Named) -> list[Markup]:
        return [
            _waiting(one.measures.waiting[number], tops[number], need)
            for number, need in enumerate(NEEDS)
        ]

    rows = [
        [clock(MOMENTS[at]), *(_each(one.measures.waiting[:, at]) for one in shown)]
        for at in range(0, len(MOMENTS), HOURLY)
    ]
    words = "People who wait at each moment, by their need, until an answer or until they give up."
    caption = "People who wait: urgent · specific · common"
    numbers = table(caption, ["At", *(one.name for one in shown)], rows)
    return _chapter("Who waits", words, shown, draw, numbers)


def _waiting(people: Floats, top: float, need: str) -> Markup:
    words = NEEDS[need]
    picture = chart.line(
        MOMENTS,
        people,
        top=chart.round_up(top),
        label=f"{words}: at most {count(people.max())} people wait at once",
        kind="urgent" if need == "urgent" else "measured",
        height=120.0,
    )
    return tag("div", tag("h3", words), picture)


def _each(numbers: Floats) -> str:
    return " · ".join(count(number) for number in numbers)


def urgent(shown: Sequence[Named]) -> Markup:
    """Urgent people by the hour in which they came."""
    top = chart.round_up(max(one.measures.came.max() for one in shown))

    def draw(one: Named) -> list[Markup]:
        came, helped = one.measures.came, one.measures.helped
        words = f"{count(helped.sum())} of {count(came.sum())} urgent people within the hour"
        return [chart.bars_by_hour(came, helped, top=top, label=words)]

    rows = [
        [
            f"{hour:02}:00",
            *(f"{one.measures.helped[hour]} of {one.measures.came[hour]}" for one in shown),
        ]
        for hour in range(HOURS)
    ]
    words = (
        "Urgent people by the hour in which they came. The strong part of a bar was answered "
        "within the hour, the faint part was not."
    )
    caption = "Urgent people answered within the hour, of all who came"
    numbers = table(caption, ["Came from", *(one.name for one in shown)], rows)
    return _chapter("Who was urgent", words, shown, draw, numbers)


def fairness(shown: Sequence[Named]) -> Markup:
    """Channels and fame at equal need."""

    def draw(one: Named) -> list[Markup]:
        channels, fifths = one.measures.channels, one.measures.fifths
        return [
            _bars("By channel", [channel(name) for name in channels.names], channels),
            _bars("By followers", list(fifths.names), fifths),
        ]

    found = [_shares(one.measures) for one in shown]
    groups = list(dict.fromkeys(name for shares in found for name in shares))
    rows = [[channel(group), *(percent(one.get(group)) for one in found)] for group in groups]
    words = (
        "Answered within the hour among people with the same needs. Where a platform’s limit "
        "binds, its people wait for it and callers do not; fame should change nothing."
    )
    caption = "Answered within the hour at equal need"
    numbers = table(caption, ["Who", *(one.name for one in shown)], rows)
    return _chapter("Who was treated alike", words, shown, draw, numbers)


def _bars(title: str, names: list[str], shares: Shares) -> Markup:
    parts = ", ".join(
        f"{name} {percent(share)}" for name, share in zip(names, shares.soon, strict=True)
    )
    picture = chart.bars(names, shares.soon.tolist(), label=f"{title}: {parts}")
    return tag("div", tag("h3", title), picture)


def _shares(one: Measures) -> dict[str, float]:
    return {
        name: share
        for group in (one.channels, one.fifths)
        for name, share in zip(group.names, group.soon.tolist(), strict=True)
    }


def _chapter(title: str, words: str, shown: Sequence[Named], draw: Draw, numbers: Markup) -> Markup:
    """A heading, a sentence, a figure for each run, and all numbers in one table."""
    figures = [tag("figure", tag("figcaption", one.name), *draw(one)) for one in shown]
    return tag(
        "section",
        tag("h2", title),
        tag("p", words),
        tag("div", *figures, class_="runs"),
        _unfolds(numbers),
    )


def _unfolds(numbers: Markup) -> Markup:
    return tag("details", tag("summary", "Show as table"), numbers)
