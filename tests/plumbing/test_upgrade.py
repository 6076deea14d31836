"""An upgrade that fails leaves every row and every table as it was."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.databases import empty_database

pytestmark = pytest.mark.tables

# A migration that adds a table, writes a row over, and then meets trouble.
BREAKING = """
import django
django.setup()
from django.db import connection, migrations, models
from rejoinder.plumbing import upgrade
from rejoinder.plumbing.models import Offset

upgrade.upgrade()
Offset.objects.create(reader="triage", value=7)


def trouble(apps, schema_editor):
    apps.get_model("plumbing", "Offset").objects.update(value=0)
    raise RuntimeError("no room for a second table")


class Migration(migrations.Migration):
    dependencies = [("plumbing", LAST)]
    operations = [
        migrations.CreateModel("Extra", [("id", models.BigAutoField(primary_key=True))]),
        migrations.RunPython(trouble),
    ]


from django.db.migrations.loader import MigrationLoader
real = MigrationLoader.load_disk


def with_breaking(self):
    real(self)
    self.disk_migrations[("plumbing", "9999_breaking")] = Migration("9999_breaking", "plumbing")


MigrationLoader.load_disk = with_breaking
try:
    upgrade.upgrade()
except upgrade.UpgradeFailedError as error:
    print(error)
MigrationLoader.load_disk = real
print("value", Offset.objects.get().value)
print("extra", "plumbing_extra" in connection.introspection.table_names())
print("pending", upgrade.pending())
"""


def test_a_failing_upgrade_is_rolled_back(tmp_path: Path) -> None:
    folder = Path(__file__).parents[2] / "rejoinder" / "plumbing" / "migrations"
    last = max(path.stem for path in folder.glob("[0-9]*.py"))
    done = subprocess.run(
        [sys.executable, "-c", BREAKING.replace("LAST", repr(last))],
        env=os.environ
        | {
            "REJOINDER_DATA": str(tmp_path / "desk"),
            "REJOINDER_DATABASE_URL": empty_database(),
            "DJANGO_SETTINGS_MODULE": "rejoinder.settings",
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    said = done.stdout.splitlines()
    assert "no room for a second table" in said[0], done.stderr
    assert "as they were before" in said[0]
    assert said[1:] == ["value 7", "extra False", "pending []"]
    assert not list((tmp_path / "desk").glob("*.before-upgrade"))
