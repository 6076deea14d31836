"""What is public now, in which languages, and which of them are behind."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from rejoinder.answers.models import Answer, Covered, Revision
from rejoinder.listening.models import Question


@dataclass(frozen=True, slots=True)
class Edition:
    """An answer in one language: what is public, the draft of the next, whether it is behind."""

    language: str
    public: Revision | None
    draft: Revision | None
    stale: bool


def published(answer: Answer, language: str = "") -> QuerySet[Revision]:
    """The published revisions in a language (the answer's own by default), newest first."""
    rows = Revision.objects.filter(
        answer=answer, language=language or answer.language, published_at__isnull=False
    )
    return rows.order_by("-number")


def current(answer: Answer, language: str = "") -> Revision | None:
    """What is public in that language now."""
    return published(answer, language).first()


def draft(answer: Answer, language: str = "") -> Revision | None:
    """What is being written in that language."""
    rows = Revision.objects.filter(answer=answer, language=language or answer.language)
    return rows.filter(published_at=None).select_related("written_by", "checked_by").first()


def editions(answer: Answer) -> list[Edition]:
    """Each language of the answer, its own first."""
    rows = Revision.objects.filter(answer=answer).order_by("number")
    by_language: dict[str, list[Revision]] = {answer.language: []}
    for row in rows.select_related("written_by", "checked_by", "published_by"):
        by_language.setdefault(row.language, []).append(row)
    own = _newest(by_language[answer.language])
    return [_edition(language, found, own) for language, found in by_language.items()]


def is_stale(revision: Revision, own: Revision | None) -> bool:
    """Whether an edition says again an older revision than the one that is public."""
    translated = own is not None and revision.language != own.language
    return translated and own is not None and (revision.follows or 0) < own.number


def of_question(question: Question) -> Answer | None:
    """Its live answer."""
    row = Covered.objects.filter(question=question, until=None).select_related("answer").first()
    return row.answer if row else None


def answered() -> set[int]:
    """The questions, by row, that have a public answer now."""
    rows = Covered.objects.filter(until=None, answer__revisions__published_at__isnull=False)
    return set(rows.values_list("question", flat=True))


def _edition(language: str, rows: Sequence[Revision], own: Revision | None) -> Edition:
    public = _newest(rows)
    waiting = next((row for row in rows if row.published_at is None), None)
    return Edition(language, public, waiting, public is not None and is_stale(public, own))


def _newest(rows: Sequence[Revision]) -> Revision | None:
    return max(
        (row for row in rows if row.published_at is not None),
        key=lambda row: row.number,
        default=None,
    )
