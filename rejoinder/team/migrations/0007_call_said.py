"""A call says what it says in every language; what was said before was said in English."""

from typing import Any

from django.db import migrations, models


def keep(apps: Any, schema_editor: Any) -> None:
    call = apps.get_model("team", "Call")
    for row in call.objects.iterator():
        row.said = {"en-gb": [row.subject, row.text]}
        row.save(update_fields=["said"])


class Migration(migrations.Migration):
    dependencies = [("team", "0006_opening_hours")]

    operations = [
        migrations.AddField(
            "call",
            "said",
            models.JSONField(default=dict, help_text="subject and text, by language"),
            preserve_default=False,
        ),
        migrations.RunPython(keep, migrations.RunPython.noop),
        migrations.RemoveField("call", "subject"),
        migrations.RemoveField("call", "text"),
    ]
