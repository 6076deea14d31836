"""A desk that is running is set up: nobody in it is led through the first run."""

from django.db import migrations, models
from django.utils import timezone


def running(apps, schema_editor):
    rows = apps.get_model("team", "Organisation").objects.filter(set_up_at=None)
    rows.update(set_up_at=timezone.now())


class Migration(migrations.Migration):
    dependencies = [("team", "0009_tokens")]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="set_up_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunPython(running, migrations.RunPython.noop),
    ]
