"""A marketer's list meets only people who granted marketing."""

from hashlib import sha256

import pytest

from rejoinder.privacy import vault
from rejoinder.privacy.audience import hashed, match
from rejoinder.privacy.models import Cell, LedgerEntry
from rejoinder.privacy.vault import NotOpenedError, Place, cipher
from tests.privacy.stage import GRANNY, TINA, TOM, WHY, keep

pytestmark = pytest.mark.django_db(transaction=True)
NUMBERS = {"tom": "+447700900123", "tina": "+447700900456", "granny": "+447700900789"}
LIST = {name: sha256(number.encode()).hexdigest() for name, number in NUMBERS.items()}


def test_only_who_granted_marketing_is_found() -> None:
    keep(TOM, purposes=["care-reply", "marketing"])
    tina = keep(TINA, purposes=["care-reply"])
    assert match([LIST["tom"].upper(), LIST["tina"]], "phone", "audience", WHY) == {LIST["tom"]}
    refused = LedgerEntry.objects.get(kind="refused")
    assert (refused.purpose, refused.many, refused.actor) == ("marketing", 1, "job audience")
    vault.retag(Place(tina, "phone"), ["care-reply", "marketing"], "job form", "she ticked the box")
    assert match(LIST.values(), "phone", "audience", WHY) == {LIST["tom"], LIST["tina"]}


def test_numbers_given_for_security_match_nobody() -> None:
    for person in (TOM, TINA, GRANNY):
        keep(person, "security-phone", ["account-security"])
    with pytest.raises(NotOpenedError, match="Nobody granted 'marketing' for 'security-phone'"):
        match(LIST.values(), "security-phone", "audience", WHY)
    assert LedgerEntry.objects.get().many == 3


def test_what_was_granted_is_taken_back_and_both_are_in_the_ledger() -> None:
    tom = keep(TOM, purposes=["marketing"])
    vault.retag(Place(tom, "phone"), ["care-reply"], "job form", "he unticked it, 07700 900123")
    entry = LedgerEntry.objects.get()
    assert (entry.kind, entry.detail) == ("retagged", "marketing > care-reply")
    assert "07700" not in entry.why
    with pytest.raises(NotOpenedError):
        vault.open(tom, "phone", "marketing", "audience", WHY)
    with pytest.raises(LookupError):
        vault.retag(Place(tom, "email"), ["care-reply"], "job form", WHY)
    with pytest.raises(ValueError, match="no purpose"):
        vault.retag(Place(tom, "phone"), ["advertising"], "job form", WHY)


@pytest.mark.parametrize(
    ("contact", "normal"),
    [
        ("07700 900123", "+447700900123"),
        ("+44 7700 900123", "+447700900123"),
        (" Tom@Example.com", "tom@example.com"),
        ("no number", "no number"),
        ("\ud800", "?"),
    ],
)
def test_a_hash_is_of_the_one_form(contact: str, normal: str) -> None:
    assert hashed(contact, "GB") == sha256(normal.encode()).hexdigest()


def test_a_seal_opens_for_nobody_when_the_row_says_marketing() -> None:
    keep(TOM, "security-phone", ["account-security"])
    Cell.objects.update(purposes="marketing")
    with pytest.raises(cipher.CannotOpenError):
        match(LIST.values(), "security-phone", "audience", WHY)
