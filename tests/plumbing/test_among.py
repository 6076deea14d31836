"""Rows by many numbers at once, the same on both databases."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rejoinder.plumbing.among import Among
from rejoinder.plumbing.models import Change

pytestmark = pytest.mark.django_db
THERE = range(1, 11)


@pytest.fixture
def changes() -> None:
    at = "2026-03-02T09:00:00Z"
    Change.objects.bulk_create([Change(pk=pk, topic=str(pk), at=at) for pk in THERE])


@pytest.mark.usefixtures("changes")
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(1, 12) | st.integers(-(2**63), 2**63 - 1), max_size=50))
def test_it_gives_what_a_list_of_them_gives(numbers: list[int]) -> None:
    found = Change.objects.filter(Among("pk", numbers)).order_by("pk")
    assert [row.pk for row in found] == sorted(set(THERE).intersection(numbers))


@pytest.mark.usefixtures("changes")
def test_however_many_are_one_statement_with_one_value() -> None:
    with CaptureQueriesContext(connection) as said:
        assert Change.objects.filter(Among("pk", range(5, 300_000))).count() == 6
    assert len(said) == 1
