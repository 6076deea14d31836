"""What is usual was kept as logarithms; it is kept as counts now."""

import json
from math import exp

from django.db import migrations


def to_counts(apps, schema_editor):
    for row in apps.get_model("crisis", "Watching").objects.exclude(state=""):
        state = json.loads(row.state)
        for stream in (state["every"], state["problems"]):
            if stream and "means" in stream["baseline"]:
                _turn(stream["baseline"])
        row.state = json.dumps(state)
        row.save(update_fields=["state"])


def _turn(baseline):
    level = baseline["level"]
    baseline["values"] = [
        [exp(mean + level) if met else 0.0 for mean, met in zip(*day, strict=True)]
        for day in zip(baseline.pop("means"), baseline["met"], strict=True)
    ]
    baseline["level"] = 1.0
    if baseline["last"] is not None:
        baseline["last"] = exp(baseline["last"])


class Migration(migrations.Migration):

    dependencies = [
        ('crisis', '0007_areas'),
    ]

    operations = [migrations.RunPython(to_counts, migrations.RunPython.noop)]
