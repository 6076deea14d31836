"""Guard and tone: how often they interrupt a good reply, and how much of what is wrong they see.

Both were written looking at half "a" of the examples; half "b" was written down before and is only
measured. A bad reply counts as seen when the right kind is found.
"""

import time
from collections.abc import Sequence

from benchmarks import replies
from benchmarks.table import Rows, row
from rejoinder.desk import guard, tone
from rejoinder.privacy.find import Finder

TRIES = 5
_GUARD = guard.Guard(
    guard.Published(
        contacts=("press@northwind.example", "report@northwind.example"),
        domains=("northwind.example",),
    )
)
_TONE = frozenset(map(str, tone.Kind)) - {"link"} | {"link-needless"}
Found = list[set[str]]


def run() -> Rows:
    rows: Rows = []
    for half in ("b", "a"):
        good, bad = replies.good(half), replies.bad(half)
        rows += _right(half, good, found(good))
        rows += _seen(half, bad, found(bad))
    return [*rows, _speed([*replies.good("a"), *replies.good("b")])]


def found(examples: Sequence[replies.Example]) -> Found:
    """The kinds that guard and tone find in each."""
    kinds: Found = [{str(one.kind) for one in here} for here in _GUARD.check(_written(examples))]
    for each, hints in zip(kinds, tone.hints(_spoken(examples)), strict=True):
        each |= {"link-needless" if one.kind == tone.Kind.LINK else str(one.kind) for one in hints}
    return kinds


def _written(examples: Sequence[replies.Example]) -> list[guard.Written]:
    return [
        guard.Written(one.reply, public=not one.private, said=[one.said], ours=["Priya", "Sam"])
        for one in examples
    ]


def _spoken(examples: Sequence[replies.Example]) -> list[tone.Spoken]:
    return [
        tone.Spoken(
            one.reply,
            said=[one.said],
            earlier=[one.reply.lower()] if one.kind == "again" else [],
            urgent=one.need == "urgent",
            trouble=one.need in {"urgent", "vent", "abuse"},
        )
        for one in examples
    ]


def _right(half: str, good: Sequence[replies.Example], kinds: Found) -> Rows:
    wrong = sum(map(bool, kinds))
    detail = f"{wrong} of {len(good)} good replies"
    asked = {"at_most": 0.02} if half == "b" else {}
    return [row(f"interrupted wrongly, half {half}", wrong / len(good), detail=detail, **asked)]


def _seen(half: str, bad: Sequence[replies.Example], kinds: Found) -> Rows:
    rows = []
    for name, theirs in (("guard", False), ("tone", True)):
        part = [
            (o.kind in k) for o, k in zip(bad, kinds, strict=True) if (o.kind in _TONE) is theirs
        ]
        detail = f"{sum(part)} of {len(part)}"
        rows.append(row(f"seen by the {name}, half {half}", sum(part) / len(part), detail=detail))
    return rows


def _speed(examples: Sequence[replies.Example]) -> dict[str, object]:
    """Against the finder of personal data alone, which is the least that a guard can do."""
    texts, finder = [one.reply for one in examples], Finder()
    ours, least = [], []
    for _ in range(TRIES):  # in turns: the machine has other work too
        started = time.process_time()
        found(examples)
        between = time.process_time()
        finder.find(texts)
        ours.append(between - started)
        least.append(time.process_time() - between)
    each = min(ours) / len(texts)
    return row(
        "guard and tone ÷ the finder alone",
        min(ours) / min(least),
        detail=f"{each * 1e6:.0f} µs a reply",
    )
