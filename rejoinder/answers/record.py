"""Writing the public log: an entry for each revision published and each answer withdrawn."""

from datetime import UTC, datetime

from rejoinder.answers.models import Answer, Leaf, Revision
from rejoinder.plumbing import clock
from rejoinder.plumbing.merkle.entry import Value, canonical, hashed
from rejoinder.plumbing.models import Offset

_COUNTER = "answers:log"


def published(revision: Revision) -> Leaf:
    """Call it in the transaction that publishes."""
    return _append(revision.answer, entry_of(revision), revision)


def withdrawn(answer: Answer) -> Leaf:
    """Call it in the transaction that withdraws."""
    entry = {
        "kind": "withdrawn",
        "answer": str(answer.public_id),
        "slug": answer.slug,
        "why": answer.withdrawn_why,
        "at": _moment(answer.withdrawn_at),
    }
    return _append(answer, canonical(entry))


def entry_of(revision: Revision) -> str:
    """The canonical text of a published revision: what people could read, and when."""
    entry: dict[str, Value] = {
        "kind": "published",
        "answer": str(revision.answer.public_id),
        "slug": revision.answer.slug,
        "language": revision.language,
        "number": revision.number,
        "follows": revision.follows,
        "title": revision.title,
        "text": revision.text,
        "short": revision.short,
        "what_changed": revision.what_changed,
        "holds_from": _moment(revision.holds_from),
        "holds_until": _moment(revision.holds_until),
        "next_update_at": _moment(revision.next_update_at),
        "regulators": revision.regulators,
        "at": _moment(revision.published_at),
    }
    return canonical(entry)


def differing() -> list[int]:
    """The places of entries that do not say what their rows say, or whose hash is another.

    Empty while nothing was changed behind the desk's back.
    """
    leaves = Leaf.objects.order_by("place").select_related("revision__answer", "answer")
    wrong = []
    for at, leaf in enumerate(leaves.iterator(chunk_size=500)):
        said = leaf.entry if leaf.revision is None else entry_of(leaf.revision)
        if (leaf.place, leaf.entry, leaf.hash) != (at, said, hashed(said)):
            wrong.append(leaf.place)
    return wrong


def _append(answer: Answer, entry: str, revision: Revision | None = None) -> Leaf:
    # The counter's row is locked until the commit, so that places have no gap and no rival.
    Offset.objects.get_or_create(reader=_COUNTER)
    counter = Offset.objects.select_for_update().get(reader=_COUNTER)
    leaf = Leaf.objects.create(
        place=counter.value,
        entry=entry,
        hash=hashed(entry),
        answer=answer,
        revision=revision,
        at=clock.now(),
    )
    counter.value += 1
    counter.save(update_fields=["value"])
    return leaf


def _moment(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat(timespec="microseconds") if at else None
