"""What a rule says, as somebody typed it, made fit to keep. Pure."""

from dataclasses import dataclass, replace

TITLE = 120
TEXT = 2000
EXAMPLE = 600
INSTEAD = 200
CUES = 20  # to one rule
CUE = 60


@dataclass(frozen=True, slots=True)
class Words:
    """One version of a rule. `cues` stand one to a line."""

    title: str
    text: str = ""
    good: str = ""
    poor: str = ""
    cues: str = ""
    instead: str = ""


def fit(words: Words) -> Words:
    """The same without what nobody would miss: blanks, doubles, what is over length.

    Fitting twice changes nothing more.
    """
    return replace(
        words,
        title=" ".join(words.title.split())[:TITLE].strip(),
        text=words.text.strip()[:TEXT].strip(),
        good=words.good.strip()[:EXAMPLE].strip(),
        poor=words.poor.strip()[:EXAMPLE].strip(),
        cues="\n".join(cues(words.cues)),
        instead=" ".join(words.instead.split())[:INSTEAD].strip(),
    )


def cues(typed: str) -> list[str]:
    """Each line that has a letter, once, in order."""
    lines = (" ".join(line.split())[:CUE].strip() for line in typed.splitlines())
    kept = {line.casefold(): line for line in reversed(list(lines)) if any(map(str.isalnum, line))}
    return list(reversed(kept.values()))[:CUES]
