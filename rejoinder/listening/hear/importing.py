"""Mentions from exports: kept as if they had been heard, by whoever moves in with a past."""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from django.db import transaction
from django.db.models import F

from rejoinder.listening.hear import columns
from rejoinder.listening.hear.archives import Archive
from rejoinder.listening.hear.exports import Export, Record
from rejoinder.listening.intake import keep
from rejoinder.listening.intake.normalise import Said, UnfitError, normalise
from rejoinder.listening.intake.prepare import prepare
from rejoinder.listening.models import Import
from rejoinder.listening.store import store
from rejoinder.plumbing import clock, fault, live
from rejoinder.team import audit

BATCH = 2_000


class Refused(NamedTuple):
    """A record that was not kept, and why."""

    line: int
    error: str


class Tally(NamedTuple):
    """What became of the records of a file."""

    read: int
    kept: int
    duplicates: int
    refused: int


def bring_in(
    export: Export | Archive,
    channel: str,
    given: Mapping[str, str],
    *,
    refused: Callable[[Refused], None],
    progress: Callable[[int], None],
) -> Tally:
    """Keep the posts of one file, in batches; one that was stopped goes on where it was.

    `given` names columns by field. `progress` hears bytes of the file read so far. Raises
    BadFileError and columns.NoTextColumnError before anything is kept.
    """
    row = _begun(export, channel)
    records = export.records()
    for _ in islice(records, row.lines):
        progress(export.position())
    for batch in _batches(_posts(export, records, row, given)):
        bad = [one for one in batch if isinstance(one, Refused)]
        _keep(row, len(batch), bad, [one for one in batch if isinstance(one, Said)])
        for one in bad:
            refused(one)
        progress(export.position())
    return _finished(row)


def _begun(export: Export | Archive, channel: str) -> Import:
    """The row of this file and channel; that of a finished import starts anew."""
    row, _ = Import.objects.get_or_create(
        fingerprint=export.fingerprint(),
        channel=channel,
        defaults={"name": export.path.name[:300], "started_at": clock.now()},
    )
    if row.finished_at:
        row.lines = row.read = row.kept = row.duplicates = row.refused = 0
        row.started_at, row.finished_at = clock.now(), None
        row.save()
    return row


def _posts(
    export: Export | Archive, records: Iterator[Record], row: Import, given: Mapping[str, str]
) -> Iterator[Said | Refused]:
    """Each record as it is kept, or why it is not."""
    heard_at = clock.now()

    @lru_cache(maxsize=1_000)
    def meaning(*names: str) -> columns.Columns:
        return columns.columns(names, given)

    for record in records:
        try:
            if record.error:
                raise columns.BadRecordError(record.error)
            where = meaning(*record.values)
            without_id = f"{row.fingerprint[:16]}:{record.line}"
            yield normalise(columns.post(record.values, where, without_id), None, heard_at)
        except (columns.BadRecordError, columns.NoTextColumnError, UnfitError) as error:
            if isinstance(error, columns.NoTextColumnError) and export.has_head:
                raise  # one line names the columns of the whole file
            yield Refused(record.line, str(error))


def _batches(posts: Iterator[Said | Refused]) -> Iterator[list[Said | Refused]]:
    while batch := list(islice(posts, BATCH)):
        yield batch


def _keep(row: Import, lines: int, bad: list[Refused], posts: list[Said]) -> None:
    """The posts and how far the file was read, together or not at all."""
    with store().alone():
        plan = prepare(row.channel, posts)
        with transaction.atomic():
            keep.write(plan)
            Import.objects.filter(pk=row.pk).update(
                lines=F("lines") + lines,
                read=F("read") + lines,
                kept=F("kept") + plan.kept,
                duplicates=F("duplicates") + plan.heard - plan.kept,
                refused=F("refused") + len(bad),
            )
            live.changed(live.QUEUE)
            fault.step("import.written")
    fault.step("import.committed")


def _finished(row: Import) -> Tally:
    row.refresh_from_db()
    tally = Tally(row.read, row.kept, row.duplicates, row.refused)
    with transaction.atomic():
        Import.objects.filter(pk=row.pk).update(finished_at=clock.now())
        audit.line(None, "imported", row.name, channel=row.channel, **tally._asdict())
    return tally
