"""Originals that were sealed under the master key, each sealed anew under a key of its own.

Whose they are, this room does not know: each is a person of its own, found by its post.
"""

import secrets as chance

from django.db import migrations

from rejoinder.plumbing import secrets
from rejoinder.privacy.vault import cipher, keys
from rejoinder.privacy.vault.keeping import Place, sealed


def reseal(apps, _):
    originals = apps.get_model("privacy", "SealedOriginal")
    cells, person_keys = apps.get_model("privacy", "Cell"), apps.get_model("privacy", "PersonKey")
    for row in originals.objects.order_by("pk").iterator(chunk_size=500):
        label = f"original\x1f{row.channel}\x1f{row.external_id}\x1f{row.purposes}"
        text = secrets.unseal_text(bytes(row.sealed), label)
        place = Place(chance.token_hex(16), "original", f"{row.channel} {row.external_id}")
        key, wrapped, master = keys.new(place.subject)
        person_keys.objects.create(subject=place.subject, wrapped=wrapped, master=master)
        cells.objects.create(
            **place._asdict(),
            purposes=row.purposes,
            sealed=sealed(text, key, place, row.purposes),
            sealed_at=row.sealed_at,
        )


class Migration(migrations.Migration):
    dependencies = [("privacy", "0002_vault")]

    operations = [
        migrations.RunPython(reseal, migrations.RunPython.noop),
        migrations.DeleteModel(name="SealedOriginal"),
    ]
