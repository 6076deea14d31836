"""Matching a marketer's list: only who granted marketing is found, and the rest is not even asked.

The list holds SHA-256 hashes of contact points: numbers as +447700900123, addresses in small
letters, as the advertising platforms ask for them.
"""

from collections.abc import Collection
from hashlib import sha256

import phonenumbers

from rejoinder.privacy import vault
from rejoinder.privacy.models import Cell
from rejoinder.privacy.vault import NotOpenedError
from rejoinder.privacy.vault.opening import Actor

PURPOSE = "marketing"


def match(
    hashes: Collection[str], field: str, actor: Actor, why: str, *, region: str = "GB"
) -> set[str]:
    """Those of the hashes that are a contact point of somebody who granted marketing for it.

    Everybody who has such a field is asked about in the ledger: whom it opened, and whom it
    refused. Raises NotOpenedError when nobody granted it, such as for data given for security.
    """
    names = Cell.objects.filter(field=field, item="").values_list("subject", flat=True)
    found = vault.open_many(list(names), field, PURPOSE, actor, why)
    if not found:
        raise NotOpenedError(
            f"Nobody granted '{PURPOSE}' for '{field}'. The attempt is written down."
        )
    ours = {hashed(text, region) for text in found.values()}
    return ours & {one.strip().lower() for one in hashes}


def hashed(contact: str, region: str) -> str:
    """The hash of a contact point in the one form that such lists use."""
    return sha256(_normal(contact, region).encode("utf-8", "replace")).hexdigest()


def _normal(contact: str, region: str) -> str:
    if "@" in contact:
        return contact.strip().lower()
    try:
        number = phonenumbers.parse(contact, region)
    except phonenumbers.NumberParseException:
        return contact.strip()
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
