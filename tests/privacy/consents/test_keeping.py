"""Somebody agrees, and the vault opens for it; they take it back, or the day is over: no more."""

from datetime import date, timedelta

import pytest

from rejoinder.plumbing import clock
from rejoinder.privacy import contacts, rights, vault
from rejoinder.privacy.consents import keeping, words
from rejoinder.privacy.consents.keeping import Said
from rejoinder.privacy.models import Consent, LedgerEntry
from rejoinder.privacy.retention.holds import CannotError
from rejoinder.privacy.vault import NotOpenedError
from rejoinder.team.access import NotAllowedError
from rejoinder.team.models import AuditLine
from tests import people
from tests.privacy.stage import NUMBERS, TOM, keep

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday")]
WHY = "the offer of March"
LAST = date(2026, 6, 1)


def said(*, yes: bool = True, purpose: str = "marketing", last: date = LAST) -> Said:
    way = Consent.Way.MESSAGE
    return Said(TOM, "phone", purpose, "en-gb", last, way, "mention 7", yes)


def test_a_yes_opens_for_its_purpose_alone_and_the_ledger_has_both() -> None:
    tom = keep(TOM)
    with pytest.raises(NotOpenedError):
        vault.open(tom, "phone", "marketing", people.alice(), WHY)
    row = keeping.keep(said(), people.alice())

    assert vault.open(tom, "phone", "marketing", people.alice(), WHY) == NUMBERS[TOM]
    assert vault.open(tom, "phone", "callback", people.alice(), WHY) == NUMBERS[TOM]
    with pytest.raises(NotOpenedError):
        vault.open(tom, "phone", "service-notice", people.alice(), WHY)
    assert row.words.endswith("take a yes back at any time: write or call us.")
    assert "until 1 June 2026?" in row.words
    changed = LedgerEntry.objects.get(kind="retagged")
    assert changed.detail == "care-reply,callback > care-reply,callback,marketing"
    assert changed.why == f"consent {row.pk}"
    assert AuditLine.objects.filter(action="wrote down a consent").exists()


def test_taken_back_it_opens_no_more_and_what_it_served_before_stays() -> None:
    tom = keep(TOM)
    row = keeping.keep(said(), people.alice())
    keeping.end(row, people.bob())

    with pytest.raises(NotOpenedError):
        vault.open(tom, "phone", "marketing", people.alice(), WHY)
    assert vault.open(tom, "phone", "callback", people.alice(), WHY) == NUMBERS[TOM]
    row.refresh_from_db()
    assert (row.end, row.ended_by) == ("withdrawn", people.bob())


def test_it_ends_by_itself_when_its_day_is_over() -> None:
    tom = keep(TOM)
    keeping.keep(said(last=date(2026, 3, 3)), people.alice())
    clock.turn(timedelta(days=1))
    assert keeping.end_due() == 0
    clock.turn(timedelta(days=1))
    assert keeping.end_due() == 1
    assert keeping.end_due() == 0

    with pytest.raises(NotOpenedError):
        vault.open(tom, "phone", "marketing", people.alice(), WHY)
    assert Consent.objects.get().end == "over"
    assert LedgerEntry.objects.filter(actor=keeping.JOB).exists()


def test_a_no_is_kept_and_opens_nothing() -> None:
    tom = keep(TOM)
    keeping.keep(said(), people.alice())
    row = keeping.keep(said(yes=False), people.alice())

    assert (row.end, row.ended_at is not None) == ("refused", True)
    assert [each.end for each in keeping.said_by(TOM)] == ["refused", "anew"]
    with pytest.raises(NotOpenedError):
        vault.open(tom, "phone", "marketing", people.alice(), WHY)


def test_asked_again_the_newer_answer_counts() -> None:
    tom = keep(TOM)
    keeping.keep(said(), people.alice())
    newer = keeping.keep(said(last=date(2027, 1, 1)), people.alice())

    assert [each.pk for each in keeping.standing(TOM)] == [newer.pk]
    assert vault.open(tom, "phone", "marketing", people.alice(), WHY) == NUMBERS[TOM]


def test_another_number_is_no_part_of_what_they_agreed_to() -> None:
    tom = keep(TOM)
    keeping.keep(said(), people.alice())
    contacts.seal([contacts.Reach(TOM.channel, TOM.external_id, "phone", "07700 900999")])

    with pytest.raises(NotOpenedError):
        vault.open(tom, "phone", "marketing", people.alice(), WHY)


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (said(purpose="callback"), "not asked for this purpose"),
        (said(last=date(2026, 3, 2)), "a day to come"),
        (said(last=date(2029, 1, 1)), "two years at most"),
    ],
)
def test_what_cannot_be_agreed_to(asked: Said, reason: str) -> None:
    keep(TOM)
    with pytest.raises(CannotError, match=reason):
        keeping.keep(asked, people.alice())
    assert not Consent.objects.exists()


def test_without_a_contact_there_is_nothing_to_agree_to() -> None:
    with pytest.raises(CannotError, match="No contact"):
        keeping.keep(said(), people.alice())


def test_who_learns_keeps_none() -> None:
    keep(TOM)
    with pytest.raises(NotAllowedError):
        keeping.keep(said(), people.tess())


def test_dying_between_the_two_leaves_it_shut(monkeypatch: pytest.MonkeyPatch) -> None:
    tom = keep(TOM)

    def die(*given: object) -> None:
        raise RuntimeError("the power went")

    with monkeypatch.context() as broken:
        broken.setattr(vault, "retag", die)
        with pytest.raises(RuntimeError):
            keeping.keep(said(), people.alice())
    with pytest.raises(NotOpenedError):
        vault.open(tom, "phone", "marketing", people.alice(), WHY)
    keeping.keep(said(), people.alice())
    assert vault.open(tom, "phone", "marketing", people.alice(), WHY) == NUMBERS[TOM]


def test_it_is_in_the_copy_they_ask_for_and_goes_with_them() -> None:
    keep(TOM)
    keeping.keep(said(), people.alice())
    [shown] = rights.export(TOM, people.dan(), "asked")["rooms"]["consents"]
    assert (shown["said"], shown["purpose"], shown["until"]) == ("yes", "marketing", "2026-06-01")
    rights.erase(TOM, f"advisor {people.dan().public_id}", "asked")
    assert not Consent.objects.exists()


def test_the_house_asks_in_its_own_words_and_older_answers_keep_theirs() -> None:
    keep(TOM)
    older = keeping.keep(said(), people.alice())
    words.write(people.dan(), "marketing", "en-gb", "Offers,  until {until}?")
    newer = keeping.keep(said(), people.alice())

    assert "our offers" in older.words
    assert newer.words == "Offers, until 1 June 2026?"
    for wrong in ("", "Offers for ever?", "x" * 1001):
        with pytest.raises(CannotError):
            words.write(people.dan(), "marketing", "en-gb", wrong)
    with pytest.raises(CannotError):
        words.write(people.dan(), "callback", "en-gb", "May we, until {until}?")
