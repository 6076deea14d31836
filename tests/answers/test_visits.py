"""Visits are numbers by day."""

from datetime import date

import pytest

from rejoinder.answers import visits
from rejoinder.answers.models import Visit
from tests.answers.newsroom import opened

pytestmark = pytest.mark.django_db


def test_they_add_up() -> None:
    answer, other = opened("One"), opened("Two")
    monday, tuesday = date(2026, 3, 2), date(2026, 3, 3)

    visits.count({(answer.pk, monday): 3, (other.pk, monday): 1})
    visits.count({(answer.pk, monday): 2, (answer.pk, tuesday): 1})

    assert visits.total(answer) == 6
    assert visits.total(other) == 1
    assert Visit.objects.count() == 3
