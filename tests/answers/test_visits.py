"""Visits are numbers by day."""

from datetime import date

import pytest

from rejoinder.answers import visits
from rejoinder.answers.models import Visit
from rejoinder.answers.visits import Followed
from tests.answers.newsroom import opened

pytestmark = pytest.mark.django_db


def test_they_add_up() -> None:
    answer, other = opened("One"), opened("Two")
    monday, tuesday = date(2026, 3, 2), date(2026, 3, 3)

    visits.count(
        {Followed("answer", answer.pk, monday): 3, Followed("answer", other.pk, monday): 1}
    )
    visits.count(
        {Followed("answer", answer.pk, monday): 2, Followed("answer", answer.pk, tuesday): 1}
    )

    assert visits.total(answer) == 6
    assert visits.total(other) == 1
    assert Visit.objects.count() == 3
