"""What is sealed opens for its purpose alone, and the ledger knows before anybody reads."""

from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection, transaction

from rejoinder.plumbing import clock
from rejoinder.privacy import vault
from rejoinder.privacy.ledger.affected import affected
from rejoinder.privacy.ledger.replay import Replay
from rejoinder.privacy.models import Alias, Cell, LedgerEntry, PersonKey
from rejoinder.privacy.vault import NothingSealedError, NotOpenedError, Place, Value, cipher
from rejoinder.team.access import NotAllowedError
from tests import people
from tests.privacy.stage import GRANNY, NUMBERS, TINA, TOM, WHY, keep

pytestmark = pytest.mark.django_db(transaction=True)


def test_toms_number_opens_for_a_call_and_the_ledger_says_so() -> None:
    tom = keep(TOM)
    assert vault.open(tom, "phone", "callback", people.alice(), WHY) == NUMBERS[TOM]
    entry = LedgerEntry.objects.get()
    assert (entry.kind, entry.subject, entry.field) == ("opened", tom, "phone")


def test_a_job_opens_under_its_own_name() -> None:
    vault.open(keep(TOM), "phone", "callback", "night calls", WHY)
    assert LedgerEntry.objects.get().actor == "job night calls"


def test_the_advertising_job_is_refused_and_logged() -> None:
    tom = keep(TOM, "security-phone", ["account-security"])
    with pytest.raises(NotOpenedError, match="only for: account-security"):
        vault.open(tom, "security-phone", "marketing", "audience", "spring offer")
    entry = LedgerEntry.objects.get()
    assert (entry.kind, entry.purpose, entry.actor) == ("refused", "marketing", "job audience")


def test_one_person_is_one_pseudonym_that_says_nothing() -> None:
    tom, tina = keep(TOM), keep(TINA)
    assert vault.subjects([TOM, TINA, GRANNY])[TOM] == tom != tina
    assert vault.find([TOM, GRANNY]).keys() == {TOM, GRANNY}
    assert "tom" not in str(list(Alias.objects.values_list()))


def test_a_value_moved_to_another_person_or_field_opens_no_more() -> None:
    tom, tina = keep(TOM), keep(TINA)
    Cell.objects.filter(subject=tina).update(sealed=Cell.objects.get(subject=tom).sealed)
    with pytest.raises(cipher.CannotOpenError):
        vault.open(tina, "phone", "callback", people.alice(), WHY)
    Cell.objects.filter(subject=tom).update(field="security-phone")
    with pytest.raises(cipher.CannotOpenError):
        vault.open(tom, "security-phone", "callback", people.alice(), WHY)


def test_without_the_key_nothing_opens() -> None:
    tom = keep(TOM)
    PersonKey.objects.filter(subject=tom).delete()
    with pytest.raises(NothingSealedError):
        vault.open(tom, "phone", "callback", people.alice(), WHY)
    assert LedgerEntry.objects.get().kind == "refused"
    with pytest.raises(KeyError):
        vault.seal([Value(Place(tom, "email"), "tom@example.com")], ["callback"])


def test_within_a_transaction_nothing_opens() -> None:
    tom = keep(TOM)
    with transaction.atomic(), pytest.raises(RuntimeError, match="within a transaction"):
        vault.open(tom, "phone", "callback", people.alice(), WHY)


@pytest.mark.parametrize("odd", ["", "\0", "🙏" * 1000, "\ud800", "x\x1fy", "a'b\"c", "é" * 10_000])
def test_odd_input_is_refused_and_logged(odd: str) -> None:
    tom = keep(TOM)
    for asked in ((odd, "phone", "callback"), (tom, odd, "callback"), (tom, "phone", odd)):
        with pytest.raises((NotOpenedError, NothingSealedError)):
            vault.open(*asked, "job", WHY)
    assert LedgerEntry.objects.filter(kind="refused").count() == 3
    vault.seal([Value(Place(tom, "note"), odd)], ["callback"])
    assert vault.open(tom, "note", "callback", "job", f"{odd}because") == odd


def test_many_threads_at_once_are_all_in_the_ledger() -> None:
    tom, tina = keep(TOM), keep(TINA)
    said: list[str] = []

    def ask(subject: str) -> None:
        said.extend(vault.open(subject, "phone", "callback", "job", WHY) for _ in range(10))
        connection.close()

    threads = [Thread(target=ask, args=(subject,)) for subject in (tom, tina) * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == sorted([NUMBERS[TOM], NUMBERS[TINA]] * 40)
    places = LedgerEntry.objects.order_by("place").values_list("place", flat=True)
    assert list(places) == list(range(80))


def test_a_job_on_many_is_one_entry_with_its_exact_set() -> None:
    granted = [keep(TOM, purposes=["marketing"]), keep(TINA, purposes=["marketing"])]
    refused = keep(GRANNY, purposes=["callback"])
    asked = [*granted, refused, granted[0], "nobody"]
    found = vault.open_many(asked, "phone", "marketing", "audience", "spring offer")
    assert found == dict(zip(granted, [NUMBERS[TOM], NUMBERS[TINA]], strict=True))
    entries = LedgerEntry.objects.order_by("place")
    assert [(one.kind, one.many) for one in entries] == [
        ("opened", 2),
        ("refused", 1),
        ("refused", 1),
    ]
    now = clock.now()
    hour = timedelta(hours=1)
    whom = affected("marketing", "phone", now - hour, now + hour)
    assert (whom.subjects, whom.openings) == (sorted(granted), 2)
    assert Replay().problems == []


def test_a_job_on_nobody_leaves_no_entry() -> None:
    assert vault.open_many([], "phone", "marketing", "audience", "spring offer") == {}
    assert not LedgerEntry.objects.exists()


def test_who_may_not_open_opens_nobody() -> None:
    tom = keep(TOM)
    with pytest.raises(NotAllowedError):
        vault.open_many([tom], "phone", "callback", people.ann(), WHY)
    assert LedgerEntry.objects.get().detail == "no right"
