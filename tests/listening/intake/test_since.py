"""Finding the mentions of a time by their numbers."""

from datetime import timedelta
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from rejoinder.listening.intake.since import first_since
from rejoinder.listening.models import Mention
from tests.conftest import MONDAY


@pytest.mark.django_db
def test_an_empty_desk_heard_nothing_since_ever() -> None:
    assert first_since(MONDAY) == 0


class TestFirstSince(TestCase):
    """With any gaps of time between mentions, and of numbers."""

    @given(
        steps=st.lists(st.tuples(st.integers(1, 40), st.integers(0, 500)), max_size=12),
        asked=st.integers(-10, 3000),
    )
    def test_nothing_before_it_and_all_since(
        self, steps: list[tuple[int, int]], asked: int
    ) -> None:
        numbers = accumulate(number for number, _ in steps)
        seconds = list(accumulate(second for _, second in steps))
        Mention.objects.bulk_create(
            Mention(pk=number, external_id=str(number), person_id=1, **_times(second))
            for number, second in zip(numbers, seconds, strict=True)
        )
        first = first_since(MONDAY + timedelta(seconds=asked))
        found = Mention.objects.filter(pk__gte=first).count()
        assert found == sum(second >= asked for second in seconds)


def _times(second: int) -> dict[str, object]:
    at = MONDAY + timedelta(seconds=second)
    return {"created_at": at, "heard_at": at}
