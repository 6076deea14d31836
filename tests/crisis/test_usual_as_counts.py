"""What a desk had learned as logarithms goes on as counts."""

from importlib import import_module

import msgspec
import pytest
from django.apps import apps

from rejoinder.crisis.models import Watching
from rejoinder.crisis.surge.surge import Surge
from tests.crisis.surge.scene import BIN, DAY, HOUR, MONDAY, days, heard


@pytest.mark.django_db
def test_what_was_usual_stays_usual() -> None:
    surge = Surge.begin(BIN)
    heard(surge, days(15))
    state = msgspec.to_builtins(surge)
    baseline = state["every"]["baseline"]
    # As it was kept before: e to the power of 1 is what came, with a level of 1 beside it.
    baseline |= {"level": 1.0, "last": 2.0, "means": [[1.0] * 48 for _ in range(3)]}
    del baseline["values"]
    Watching.objects.create(pk=1, state=msgspec.json.encode(state).decode())
    import_module("rejoinder.crisis.migrations.0008_usual_as_counts").to_counts(apps, None)
    kept = msgspec.json.decode(Watching.objects.get().state, type=Surge)
    noon = MONDAY + 15 * DAY + 12 * HOUR
    assert kept.every.baseline.mean(noon) == pytest.approx(7.389 * BIN / 1800, rel=0.2)
