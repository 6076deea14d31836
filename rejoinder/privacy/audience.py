"""Matching a marketer's list: only who granted marketing is found, and the rest is not even asked.

The list holds SHA-256 hashes of contact points: numbers as +447700900123, addresses in small
letters, as the advertising platforms ask for them.
"""

import re
from collections.abc import Collection, Sequence
from hashlib import sha256

import phonenumbers
from django.utils.translation import gettext as _

from rejoinder.privacy import vault
from rejoinder.privacy.models import Cell, LedgerEntry
from rejoinder.privacy.vault import NotOpenedError
from rejoinder.privacy.vault.opening import Actor

PURPOSE = "marketing"
LARGEST = 20_000_000  # bytes of a list; 300,000 hashes
_HASH = re.compile(r"[0-9a-f]{64}")


class NoListError(ValueError):
    """This is no list of hashes. The message says what to do."""


def read(raw: bytes) -> list[str]:
    """The hashes of a file, one on each line. Raises NoListError, which cites no line."""
    if len(raw) > LARGEST:
        raise NoListError(_("The list is larger than 20 MB. Match it in parts."))
    lines = raw.decode("utf-8-sig", "replace").splitlines()
    hashes = [line.strip().lower() for line in lines]
    for place, one in enumerate(hashes, 1):
        if one and not _HASH.fullmatch(one):
            said = _(
                "Line %(n)s is no SHA-256 hash in hexadecimal digits. Numbers and addresses "
                "themselves are not taken: the list has to be hashed where it was made."
            )
            raise NoListError(said % {"n": place})
    if not any(hashes):
        raise NoListError(_("The list is empty: write one hash on each line."))
    return [one for one in hashes if one]


def fields() -> list[str]:
    """What a list may be compared with: each kind of contact that is sealed of anybody."""
    found = Cell.objects.filter(item="").order_by("field").values_list("field", flat=True)
    return list(found.distinct())


def attempts(most: int) -> Sequence[LedgerEntry]:
    """What the ledger has of such jobs, newest first: whom each opened, and whom it refused."""
    newest = LedgerEntry.objects.filter(purpose=PURPOSE).exclude(members="").order_by("-place")
    return list(newest[:most])


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
