"""Originals are sealed together and opened one by one, for a purpose, and never unlogged."""

from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from rejoinder.privacy.models import Cell, LedgerEntry
from rejoinder.privacy.originals import Original, forget, open_original, seal
from rejoinder.privacy.purpose import PURPOSES
from rejoinder.privacy.vault import NothingSealedError, NotOpenedError, cipher, keys
from rejoinder.team.access import NotAllowedError
from rejoinder.team.models import Advisor
from tests import people

pytestmark = pytest.mark.django_db(transaction=True)

TOM = Original("pretend", "post-1", "ring 07700 900123 🙏", "tom")
WHY = "he asked to be called"


def entries() -> list[tuple[str, str, str, str]]:
    rows = LedgerEntry.objects.order_by("place")
    return list(rows.values_list("actor", "kind", "purpose", "why"))


def test_alice_opens_what_she_needs_and_the_ledger_says_so() -> None:
    seal([TOM])
    alice = people.alice()
    assert open_original(TOM, "callback", alice, WHY) == TOM.text
    assert entries() == [(f"advisor {alice.public_id}", "opened", "callback", WHY)]


def test_nothing_readable_lies_in_the_table() -> None:
    seal([TOM])
    assert b"07700" not in bytes(Cell.objects.get().sealed)


def test_the_entry_is_written_before_the_words_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    seal([TOM])

    def fail(name: str, wrapped: bytes) -> bytes:
        assert not connection.in_atomic_block
        assert len(entries()) == 1
        raise cipher.CannotOpenError

    monkeypatch.setattr(keys, "unwrap", fail)
    with pytest.raises(cipher.CannotOpenError):
        open_original(TOM, "callback", people.alice(), WHY)


def test_within_a_transaction_nothing_opens() -> None:
    seal([TOM])
    with transaction.atomic(), pytest.raises(RuntimeError, match="within a transaction"):
        open_original(TOM, "callback", people.alice(), WHY)


@pytest.mark.parametrize(
    ("purpose", "why", "words"),
    [
        ("advertising", WHY, "is no purpose"),
        ("", WHY, "is no purpose"),
        ("legal-duty", WHY, "only for: care-reply, callback"),
        ("callback", "  ", "Say in a few words why"),
    ],
)
def test_a_purpose_that_does_not_do_is_refused_and_logged(
    purpose: str, why: str, words: str
) -> None:
    seal([TOM], purposes=("callback", "care-reply"))
    with pytest.raises(NotOpenedError, match=words):
        open_original(TOM, purpose, people.alice(), why)
    entry = LedgerEntry.objects.get()
    assert (entry.actor, entry.kind) == (f"advisor {people.alice().public_id}", "refused")
    assert words in entry.detail


@pytest.mark.parametrize("who", [people.ann, people.charlie])
def test_who_has_no_right_is_refused_and_logged(who: Callable[[], Advisor]) -> None:
    seal([TOM])
    with pytest.raises(NotAllowedError):
        open_original(TOM, "callback", who(), WHY)
    assert [kind for _, kind, _, _ in entries()] == ["refused"]


def test_a_post_without_an_original_is_logged_too() -> None:
    with pytest.raises(NothingSealedError):
        open_original(TOM, "callback", people.alice(), WHY)
    assert len(entries()) == 1


def test_the_entry_itself_keeps_no_personal_data() -> None:
    seal([TOM])
    open_original(TOM, "callback", people.alice(), "he said 07700 900123")
    assert entries()[0][3] == "he said [••• phone number]"


def test_more_purposes_written_into_the_row_open_nothing() -> None:
    seal([TOM], purposes=("callback",))
    Cell.objects.update(purposes="callback,legal-duty")
    with pytest.raises(cipher.CannotOpenError):
        open_original(TOM, "legal-duty", people.alice(), WHY)


def test_a_batch_is_few_statements_and_the_newest_original_counts() -> None:
    many = [Original("pretend", f"post-{number}", f"text {number}") for number in range(400)]
    with CaptureQueriesContext(connection) as said:
        seal([*many, Original("pretend", "post-7", "edited in the batch")])
    assert len([one for one in said if "INSERT" in one["sql"]]) <= 10
    seal([Original("pretend", "post-8", "edited later")])
    assert Cell.objects.count() == 400
    for post, text in (("post-7", "edited in the batch"), ("post-8", "edited later")):
        found = open_original(Original("pretend", post, ""), "callback", people.alice(), WHY)
        assert found == text


def test_sealing_nothing_is_nothing() -> None:
    seal([])
    assert not Cell.objects.exists()


def test_an_unknown_purpose_is_not_sealed_for() -> None:
    with pytest.raises(ValueError, match="advertising"):
        seal([TOM], purposes=("advertising",))
    assert "advertising" not in PURPOSES


def test_an_edit_that_does_not_say_whose_it_is_stays_with_its_author() -> None:
    seal([TOM])
    seal([TOM._replace(text="edited", author="")])
    assert open_original(TOM, "callback", people.alice(), WHY) == "edited"
    assert Cell.objects.count() == 1


def test_a_deleted_post_leaves_nothing_to_open() -> None:
    seal([TOM])
    forget([("pretend", "post-2")])
    assert Cell.objects.count() == 1
    forget([("pretend", "post-1")])
    with pytest.raises(NothingSealedError):
        open_original(TOM, "callback", people.alice(), WHY)
