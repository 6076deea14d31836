"""Labels as they come: one JSON object a line, the bad lines told by number."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import msgspec
from msgspec import Struct

FEWEST = 5  # of a label: one for each fold
MOST = 200_000  # labels that are learned from; more would need hours
LONGEST = 200  # characters of a label's name
SHOWN = 20  # bad lines that are told one by one


class Label(Struct):
    """What somebody said of a text."""

    text: str
    label: str


class TooLittleError(ValueError):
    """Nothing can be learned from these labels; the message says why."""


class Refused(Struct):
    """A line that was left out, and why."""

    line: int
    error: str


def read(lines: Iterable[bytes]) -> tuple[list[Label], list[Refused]]:
    """The good lines, and what is wrong with the others."""
    good: list[Label] = []
    bad: list[Refused] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            good.append(_checked(msgspec.json.decode(line, type=Label)))
        except (msgspec.DecodeError, UnicodeDecodeError, ValueError, RecursionError) as error:
            bad.append(Refused(number, str(error)))
        if len(good) > MOST:
            raise TooLittleError(f"More than {MOST:,} labels: give the newest of them.")
    return good, bad


def enough(given: Sequence[Label]) -> tuple[list[Label], dict[str, int]]:
    """The labels that can be learned, and those left out because too few texts bear them.

    A text that was labelled more than once counts once, as it was labelled most often, and of
    those last. Raises TooLittleError when fewer than two labels remain.
    """
    settled = _settled(given)
    seen = Counter(one.label for one in settled)
    few = {label: n for label, n in seen.items() if n < FEWEST}
    if len(seen) - len(few) < 2:
        raise TooLittleError(_why(seen))
    return [one for one in settled if one.label not in few], few


def _checked(label: Label) -> Label:
    name = label.label.strip()
    if not name:
        raise ValueError("The label is empty")
    if len(name) > LONGEST:
        raise ValueError(f"The label is longer than {LONGEST} characters")
    return Label(label.text, name)


def _settled(given: Sequence[Label]) -> list[Label]:
    said: dict[str, list[str]] = defaultdict(list)
    for one in given:
        said[one.text].append(one.label)
    return [Label(text, _most(labels)) for text, labels in said.items()]


def _most(labels: list[str]) -> str:
    counts = Counter(labels)
    return max(reversed(labels), key=lambda label: counts[label])


def _why(seen: Counter[str]) -> str:
    if not seen:
        return "There is no label to learn from."
    if len(seen) == 1:
        return f"All texts bear one label, {next(iter(seen))!r}: there is nothing to tell apart."
    return f"At least two labels need {FEWEST} different texts each; there are {dict(seen)}."
