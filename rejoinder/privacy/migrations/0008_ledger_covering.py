"""An index that holds all that “who exactly” reads, on each SQLite."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("privacy", "0007_findings")]

    operations = [
        migrations.AddIndex(
            "ledgerentry",
            models.Index(
                fields=["purpose", "field", "at", "subject", "system", "kind", "members"],
                condition=Q(kind="opened", members=""),
                name="ledger_of_openings",
            ),
        ),
        migrations.RemoveIndex("ledgerentry", "ledger_opened"),
    ]
