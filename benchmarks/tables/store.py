"""The store step (what is known, keys, rows, counts), against bare COPY and Django's bulk_create.

Rounds take turns; the median of their ratios counts, so that a busy moment falls on one round.
"""

import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial

from django.db import transaction

from benchmarks import baseline, made_up
from benchmarks.table import Rows, compared
from rejoinder.listening.intake import as_rows, keep
from rejoinder.listening.intake.normalise import Said, normalise
from rejoinder.listening.models import Mention
from rejoinder.listening.store import store
from rejoinder.listening.store.rows import MENTION, Row, moments
from rejoinder.plumbing import clock

ROUNDS, POSTS = 10, 20_000
PLAIN = 2_000  # rows a round for bulk_create, which is slow
COLUMNS = [name.strip() for name in MENTION.split(",")]


def run() -> Rows:
    from django.db import connection

    copies: list[tuple[float, float]] = []
    plain: list[tuple[float, float]] = []
    with baseline.bare() as copy:
        for said in _rounds():
            rows = _rows(said)
            bare = copy.copy(_written(rows))
            ours = _rate(len(rows), partial(_store, said, rows))
            copies.append((ours, bare))
            plain.append((ours, _django(rows)))
    asked = 0.75 if connection.vendor == "postgresql" else 1.8
    return [
        compared("store step ÷ bare COPY", copies, at_least=asked),
        compared("store step ÷ bulk_create", plain, at_least=8.0),
    ]


def _rounds() -> list[list[Said]]:
    now = clock.now()
    said = [
        normalise(post, None, now)
        for post in made_up.posts(ROUNDS * POSTS, now - timedelta(hours=3))
    ]
    return [said[at : at + POSTS] for at in range(0, len(said), POSTS)]


def _rows(said: Sequence[Said]) -> list[Row]:
    """The mention rows of one round, with ids that nobody else has."""
    numbers = store().new_ids("listening_mention", len(said))
    number = dict(zip((one.external_id for one in said), numbers, strict=True))
    person = {one.author_id: number[one.external_id] for one in said}
    fresh = as_rows.Fresh(
        list(said),
        {one.external_id: one.up or one.external_id for one in said},
        person,
        numbers,
        moments([one.created_at for one in said]),
        {},
    )
    conversation = {
        (fresh.thread[one.external_id], person[one.author_id]): number[one.external_id]
        for one in said
    }
    return as_rows.mention_rows("pretend", fresh, conversation)


def _store(said: Sequence[Said], rows: Sequence[Row]) -> None:
    """As intake does: look up, write, count, batch by batch."""
    most = store().most
    for at in range(0, len(rows), most):
        some = said[at : at + most]
        with store().alone():
            known = store().mentions("pretend", [one.external_id for one in some])
            assert not known
            with transaction.atomic():
                store().add("listening_mention", MENTION, rows[at : at + most])
                written = moments([one.created_at for one in some])
                keep.count("pretend", as_rows.by_minute(some, written))


def _django(rows: Sequence[Row]) -> float:
    """The same rows through the ORM, then taken out again."""
    known = list(Mention.objects.filter(pk__in=[row[0] for row in rows[:PLAIN]]))
    with transaction.atomic():
        Mention.objects.filter(pk__in=[mention.pk for mention in known]).delete()
        return _rate(
            PLAIN,
            lambda: Mention.objects.bulk_create(
                known,
                update_conflicts=True,
                unique_fields=["channel", "external_id"],
                update_fields=["heard_at"],
            ),
        )


def _rate(many: int, work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return many / (time.perf_counter() - started)


def _written(rows: Sequence[Row]) -> list[Row]:
    return [tuple(str(v) if v is not None else None for v in row) for row in rows]
