"""The words of who leaves, and that somebody who comes has read them."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from rejoinder.desk.models import ShiftNote
from rejoinder.desk.refusals import CannotError
from rejoinder.plumbing import clock
from rejoinder.privacy.find import masked
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor

LONGEST = 2000
SHOWN = 20
READ_FOR = timedelta(days=1)  # one that was read stands for so long


def shown() -> list[ShiftNote]:
    """Those that nobody has read, and those of the last day; newest first."""
    lately = Q(read_at=None) | Q(at__gte=clock.now() - READ_FOR)
    rows = ShiftNote.objects.filter(lately).select_related("writer", "read_by")
    return list(rows.order_by("-at", "-id")[:SHOWN])


def write(actor: Advisor, text: str) -> ShiftNote:
    """Leave a word to the next shift. Raises CannotError without one."""
    access.require(actor, access.ANSWER)
    words = masked(text.strip(), LONGEST)
    if not words:
        raise CannotError(_("Write what the next shift should know."))
    with transaction.atomic():
        made = ShiftNote.objects.create(writer=actor, at=clock.now(), text=words[:LONGEST])
        audit.line(actor, "left a word to the next shift", made.pk)
    return made


def may_read(note: ShiftNote, actor: Advisor) -> bool:
    """Whoever answers, but for who wrote it."""
    return access.may(actor, access.ANSWER) and note.writer_id != actor.pk and not note.read_at


def read(note: ShiftNote, actor: Advisor) -> None:
    """Who comes knows it now; of two the first stands. Raises CannotError for one's own."""
    access.require(actor, access.ANSWER)
    if note.writer_id == actor.pk:
        raise CannotError(_("Somebody who comes after you says that it is read."))
    with transaction.atomic():
        open_ = ShiftNote.objects.filter(pk=note.pk, read_at=None)
        if open_.update(read_by=actor, read_at=clock.now()):
            audit.line(actor, "read the word of the last shift", note.pk)
    note.refresh_from_db()
