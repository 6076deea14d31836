"""The rules that hold now: for the page, beside the reply box, and for the hints in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from rejoinder.desk.guidelines.words import cues
from rejoinder.desk.models import Guideline, GuidelineComment, GuidelineVersion
from rejoinder.desk.tone import Rule

MOST = 100
COMMENTS = 20
VERSIONS = 20


@dataclass(frozen=True, slots=True)
class Standing:
    """A rule with its newest version, the earlier ones, and what is said of them, newest first."""

    rule: Guideline
    now: GuidelineVersion
    earlier: Sequence[GuidelineVersion]
    comments: Sequence[GuidelineComment]


def current() -> list[GuidelineVersion]:
    """What holds, by age."""
    rows = GuidelineVersion.objects.filter(newest=True, guideline__retired_at=None)
    return list(rows.order_by("guideline_id")[:MOST])


def rules() -> list[Rule]:
    """Those with words that bring them to mind, for the tone hints."""
    return [Rule(row.title, tuple(cues(row.cues)), row.instead) for row in current() if row.cues]


def standing() -> list[Standing]:
    """Everything the page shows, in three questions."""
    now = current()
    numbers = [row.guideline_id for row in now]
    versions = GuidelineVersion.objects.filter(guideline__in=numbers)
    every = list(versions.select_related("writer", "guideline").order_by("-number"))
    said = GuidelineComment.objects.filter(version__guideline__in=numbers)
    words = list(said.select_related("advisor", "version", "settled_by").order_by("-at", "-id"))
    return [_standing(number, every, words) for number in numbers]


def _standing(
    number: int, every: Sequence[GuidelineVersion], words: Sequence[GuidelineComment]
) -> Standing:
    versions = [row for row in every if row.guideline_id == number]
    said = [row for row in words if row.version.guideline_id == number]
    return Standing(versions[0].guideline, versions[0], versions[1 : VERSIONS + 1], said[:COMMENTS])
