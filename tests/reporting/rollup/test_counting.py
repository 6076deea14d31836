"""Blocks against the raw rows, whatever happens to them in between; and what changed is told."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rejoinder.listening.models import Mention
from rejoinder.plumbing import clock
from rejoinder.plumbing.models import Offset
from rejoinder.reporting.models import Block, ChangedDay, Stale
from rejoinder.reporting.rollup import blocks, counting
from rejoinder.reporting.rollup.blocks import between
from rejoinder.reporting.rollup.columns import NAMES, NO_NEED, WORDS
from tests.web import stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]

EVER = (datetime(1971, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))


def raw() -> list[tuple[Any, ...]]:
    """What counts, row by row, knowing nothing of blocks."""
    return [
        (
            int(one.created_at.timestamp()),
            one.pk,
            one.person_id,
            one.question_id or 0,
            NO_NEED if one.need is None else one.need,
            int(one.public),
            one.channel,
            one.intent,
            one.sentiment,
            one.language,
        )
        for one in Mention.objects.order_by("pk")
        if not (one.ours or one.copy_of or one.deleted_at)
    ]


def kept() -> list[tuple[Any, ...]]:
    found = between(*EVER, NAMES)
    columns = [
        [found.words[name][at] for at in found[name].tolist()]
        if name in WORDS
        else found[name].tolist()
        for name in NAMES
    ]
    return list(zip(*columns, strict=True))


def said(name: str = "Tom", days_ago: float = 0.1, **values: Any) -> Mention:
    stage.says(name, "no signal", minutes_ago=days_ago * 1440, thread=str(uuid4()), **values)
    return Mention.objects.latest("pk")


CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("say"), st.integers(0, 20)),
        st.tuples(st.just("count"), st.just(0)),
        st.tuples(st.just("delete"), st.integers(0, 20)),
        st.tuples(st.just("read"), st.integers(0, 20)),
        st.tuples(st.just("copy"), st.integers(0, 20)),
        st.tuples(st.just("gone"), st.integers(0, 20)),
    ),
    max_size=25,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(CHANGES)
def test_what_is_kept_is_what_the_rows_say(changes: list[tuple[str, int]]) -> None:
    Mention.objects.all().delete()
    for what, which in changes:
        if what == "say":
            said(
                f"Person {which % 3}",
                which,
                sentiment="negative" if which % 2 else "",
                ours=which == 7,
            )
        elif what == "count":
            counting.keep()
            assert kept() == raw()
        else:
            row = list(Mention.objects.order_by("pk").values_list("pk", flat=True))[
                which : which + 1
            ]
            rows = Mention.objects.filter(pk__in=row)
            if what == "delete":
                rows.update(deleted_at=clock.now(), sentiment="")
            elif what == "read":
                rows.update(sentiment="positive", need=which % 5, question_id=which or None)
            elif what == "copy":
                rows.update(copy_of=1)
            else:
                rows.delete()
    assert counting.keep()
    assert kept() == raw()
    assert not Stale.objects.exists()


def test_any_way_of_changing_a_mention_is_noted_and_nothing_else_is() -> None:
    one = said()
    counting.keep()
    Mention.objects.filter(pk=one.pk).update(need=1)
    assert Stale.objects.exists()
    counting.keep()
    assert not Stale.objects.exists()
    one.sentiment = "positive"
    Mention.objects.bulk_update([one], ["sentiment"])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE listening_mention SET language = 'cy'")
    counting.keep()
    assert kept() == raw()


def test_rows_of_many_blocks_are_counted_round_by_round(monkeypatch: pytest.MonkeyPatch) -> None:
    first = said()
    Mention.objects.filter(pk=first.pk).update(id=Block.SIZE * 5 + 3)
    said("Rosa")
    newest = Mention.objects.order_by("-pk")[0]
    Mention.objects.filter(pk=newest.pk).update(id=Block.SIZE * 6 + 1)
    counting.keep()
    while not counting.keep(most=2):
        pass
    assert kept() == raw()
    assert Offset.objects.get(reader=counting.READER).value == Block.SIZE * 6 + 1


def test_who_counted_an_older_state_writes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process counts between our reading and our writing."""
    one = said()
    counting.keep()
    Mention.objects.filter(pk=one.pk).update(sentiment="negative")
    reads = blocks.counted

    def late(first: int) -> Any:
        found = reads(first)
        monkeypatch.setattr(counting, "counted", reads)
        Mention.objects.filter(pk=one.pk).update(sentiment="positive")
        assert counting.keep()
        return found

    monkeypatch.setattr(counting, "counted", late)
    assert not counting.keep()
    assert kept() == raw()


def test_a_change_while_rows_are_read_is_counted_next(monkeypatch: pytest.MonkeyPatch) -> None:
    one = said()
    counting.keep()
    Mention.objects.filter(pk=one.pk).update(sentiment="negative")
    reads = blocks.counted

    def then_changed(first: int) -> Any:
        found = reads(first)
        Mention.objects.filter(pk=one.pk).update(sentiment="positive")
        return found

    monkeypatch.setattr(counting, "counted", then_changed)
    counting.keep()
    monkeypatch.setattr(counting, "counted", reads)
    assert Stale.objects.exists()
    counting.keep()
    assert kept() == raw()


def test_what_changes_figures_of_a_day_that_was_over_is_told() -> None:
    gone, other, late = said("Tom", 3), said("Rosa", 3), said("Joan", 2)
    today = said("Ann", 0.01)
    counting.keep()
    assert not ChangedDay.objects.exists()

    Mention.objects.filter(pk=gone.pk).update(deleted_at=clock.now())
    Mention.objects.filter(pk__in=[other.pk, today.pk]).update(sentiment="negative")
    Mention.objects.filter(pk=late.pk).update(public=False)  # counts where it did
    counting.keep()
    row = ChangedDay.objects.get()
    assert (row.day, row.on) == (date(2026, 2, 27), date(2026, 3, 2))
    assert (row.gone, row.come, row.otherwise) == (1, 0, 1)


def test_what_was_heard_late_came_on_the_day_it_was_heard() -> None:
    one = said("Tom", 5)
    Mention.objects.filter(pk=one.pk).update(heard_at=clock.now() - timedelta(days=2))
    counting.keep()
    row = ChangedDay.objects.get()
    assert (row.day, row.on, row.come) == (date(2026, 2, 25), date(2026, 2, 28), 1)


def test_erased_people_are_in_no_block() -> None:
    one = said("Rosa")
    counting.keep()
    Mention.objects.filter(pk=one.pk).update(deleted_at=clock.now())
    counting.keep()
    assert Block.objects.get(pk=one.pk // Block.SIZE).many == 0
    assert one.person_id not in between(*EVER, ["person"])["person"].tolist()
