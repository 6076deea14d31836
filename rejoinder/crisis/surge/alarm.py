"""What an alarm saw, as numbers and as a sentence. Pure."""

from typing import NamedTuple

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
UNITS = ((86_400, "day"), (3600, "hour"), (60, "minute"), (1, "second"))


class Window(NamedTuple):
    """Mentions that came in the last seconds, and how many are usual."""

    seconds: int
    came: float
    usual: float


class Alarm(NamedTuple):
    """Begins an episode. `at` is the bin that gave it away, in seconds since 1970.

    `score` is 1 / (1 + false alarms a month that are as strong). `problems` is None where they are
    not counted apart; where they are, both windows are of one length.
    """

    at: float
    score: float
    mentions: Window
    problems: Window | None


def why(alarm: Alarm) -> str:
    """The sentence that tells what was seen, such as “78 in the last ten minutes, usually 19”."""
    every = alarm.mentions
    if alarm.problems is None:
        return f"{_amount(every.came)} in the last {_span(every.seconds)}, {_usually(every)}"
    seen = alarm.problems
    return (
        f"{_amount(seen.came)} problems in the last {_span(seen.seconds)}, {_usually(seen)}"
        f"; of all mentions {_amount(every.came)}, {_usually(every)}"
    )


def _usually(window: Window) -> str:
    return f"usually {_amount(window.usual)}" if window.usual >= 0.1 else "usually none"


def _amount(number: float) -> str:
    """Whole from ten on; below it one digit more, if there is one."""
    return f"{number:.0f}" if number >= 10 else f"{number:.1f}".removesuffix(".0")


def _span(seconds: int) -> str:
    """“minute”, “ten minutes”, “40 minutes”, “hour”: what stands after “in the last”."""
    length, unit = next(pair for pair in UNITS if seconds % pair[0] == 0)
    many = seconds // length
    if many == 1:
        return unit
    return f"{NUMBERS[many] if many < len(NUMBERS) else many} {unit}s"
