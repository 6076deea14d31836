"""Who was called in a note and has not looked yet."""

from collections.abc import Sequence

from django.db.models import QuerySet

from rejoinder.desk.models import Note, NoteCall
from rejoinder.desk.notes.names import called
from rejoinder.plumbing import clock, live
from rejoinder.team import access
from rejoinder.team.models import Advisor
from rejoinder.team.rota import duty

SHOWN = 100


def call(note: Note) -> list[Advisor]:
    """Call whom it names, in the transaction that wrote it; who wrote it is not called."""
    others = {each.pk: each for each in duty.answering(access.DRAFT) if each.pk != note.advisor_id}
    numbers = called([note.text], {number: each.name for number, each in others.items()})[0]
    NoteCall.objects.bulk_create(NoteCall(note=note, advisor=others[each]) for each in numbers)
    if numbers:
        live.changed(live.QUEUE)
    return [others[each] for each in numbers]


def unseen(advisor: Advisor) -> QuerySet[NoteCall]:
    """What waits for somebody."""
    return access.visible(advisor, NoteCall.objects.filter(advisor=advisor, seen_at=None))


def for_you(advisor: Advisor) -> Sequence[NoteCall]:
    """Where somebody was called, what they have not seen first, then newest first."""
    rows = access.visible(advisor, NoteCall.objects.filter(advisor=advisor))
    with_all = rows.select_related("note__advisor", "note__conversation__person")
    newest = list(with_all.order_by("-id")[:SHOWN])
    return sorted(newest, key=lambda row: row.seen_at is not None)


def saw(row: NoteCall, advisor: Advisor) -> None:
    """They have seen it. It is theirs to say."""
    access.require(advisor, access.DRAFT)
    mine = NoteCall.objects.filter(pk=row.pk, advisor=advisor, seen_at=None)
    if mine.update(seen_at=clock.now()):
        live.changed(live.QUEUE)
