"""Writing on a draft: one for each language, and nobody's words are lost to somebody else's."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction

from rejoinder.answers import editions, refusals
from rejoinder.answers.models import Answer, Revision
from rejoinder.answers.words import Words, of
from rejoinder.plumbing import clock, live
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor

# A language tag as people choose one (RFC 5646): it stands in the address of an edition.
_TAG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def begin(answer: Answer, actor: Advisor, language: str = "") -> Revision:
    """The draft of the next revision in a language, begun with the words that are public now.

    Another language than the answer's own begins with the answer's words, to be translated.
    """
    own = editions.current(answer)
    before = editions.current(answer, language) if language else own
    source = before or own
    words = of(source) if source else Words(title=answer.slug)
    follows = own.number if own and language not in {"", answer.language} else None
    fresh = replace(words, what_changed="", material=False, harmful=False, follows=follows)
    draft = editions.draft(answer, language)
    return draft or write(answer, actor, fresh, language=language)


def write(
    answer: Answer,
    actor: Advisor,
    words: Words,
    *,
    language: str = "",
    seen: Revision | None = None,
) -> Revision:
    """Keep the draft of the next revision in a language; what was read before is unread again.

    `seen` is the draft as the writer read it. Raises ChangedMeanwhileError when somebody wrote on
    it since, CannotError for a withdrawn answer, words that are too long, or what is no language.
    """
    access.require(actor, access.ANSWER)
    require_live(answer)
    words.check()
    words = words.tidy()
    if language and not _TAG.fullmatch(language):
        raise refusals.no_language()
    with transaction.atomic():
        draft, new = draft_of(answer, language or answer.language, actor, words)
        if seen is not None and draft.written_at != seen.written_at:
            raise refusals.ChangedMeanwhileError(draft.written_by.name)
        if not new and words.same_as(draft):
            return draft
        values = words.values() | _written(draft.writers, actor)
        Revision.objects.filter(pk=draft.pk).update(**values)
        audit.line(actor, "wrote on an answer", answer.slug, **place(draft))
        live.changed(live.ANSWERS)
    return Revision.objects.get(pk=draft.pk)


def discard(draft: Revision, actor: Advisor) -> None:
    """Throw a draft away; a published revision stays."""
    access.require(actor, access.ANSWER)
    with transaction.atomic():
        if not Revision.objects.filter(pk=draft.pk, published_at=None).delete()[0]:
            raise refusals.is_published()
        audit.line(actor, "threw a draft away", draft.answer.slug, **place(draft))
        live.changed(live.ANSWERS)


def draft_of(answer: Answer, language: str, actor: Advisor, words: Words) -> tuple[Revision, bool]:
    """The draft there is, locked; or a new one with these words, and that it is new."""
    rows = Revision.objects.filter(answer=answer, language=language)
    last = rows.order_by("-number").values_list("number", flat=True).first() or 0
    return rows.select_for_update(of=("self",)).get_or_create(
        answer=answer,
        language=language,
        published_at=None,
        defaults={"number": last + 1, **words.values(), **_written([], actor)},
    )


def _written(writers: list[int], actor: Advisor) -> dict[str, Any]:
    return {
        "written_by": actor,
        "written_at": clock.now(),
        "writers": sorted({*writers, actor.pk}),
        "checked_by": None,
        "checked_at": None,
    }


def require_live(answer: Answer) -> None:
    """Raises CannotError for an answer that was taken back."""
    if Answer.objects.filter(pk=answer.pk, withdrawn_at__isnull=False).exists():
        raise refusals.is_withdrawn()


def place(revision: Revision) -> Mapping[str, Any]:
    """Which revision an audit line is about."""
    return {"revision": revision.number, "language": revision.language}
