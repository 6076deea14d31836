"""The page of the ledger: who opened what, who exactly is affected, and no content for anybody."""

import json
from datetime import datetime
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.privacy import vault
from rejoinder.privacy.models import LedgerEntry
from tests.privacy.stage import NUMBERS, TINA, TOM, WHY, keep
from tests.web.pages import notices, source, text

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday")]
PAGE = "/openings"
WHEN = {"since": "2026-03-02T08:00", "until": "2026-03-02T23:00"}
ASKED = {"purpose": "callback", "field": "phone", **WHEN}


def opened() -> list[str]:
    found = [keep(TOM), keep(TINA)]
    for subject in found:
        vault.open(subject, "phone", "callback", "night calls", WHY)
    with pytest.raises(vault.NotOpenedError):
        vault.open(found[0], "phone", "marketing", "audience", "spring offer")
    return found


def test_an_auditor_sees_who_and_what_for_and_no_content(ann: Client) -> None:
    subjects = opened()
    page = ann.get(PAGE, ASKED)
    words = text(page)
    assert "Exactly 2 people." in words
    assert "night calls" in words
    assert "was refused: phone" in words
    assert "only for: care-reply, callback" in words
    assert all(subject in source(page) for subject in subjects)
    assert not any(number[-6:] in source(page) for number in NUMBERS.values())


def test_all_of_it_comes_as_a_file(ann: Client) -> None:
    subjects = opened()
    answer = ann.get(PAGE, {**ASKED, "as": "json"})
    assert "attachment" in answer["Content-Disposition"]
    assert json.loads(answer.content)["subjects"] == sorted(subjects)


def test_only_what_was_refused(ann: Client) -> None:
    opened()
    words = text(ann.get(PAGE, {"refused": "1"}))
    assert "audience" in words
    assert "night calls" not in words


def test_older_entries_are_a_page_further(ann: Client) -> None:
    tom = keep(TOM)
    vault.open(tom, "phone", "callback", "first of all", WHY)
    for _ in range(100):
        vault.open(tom, "phone", "callback", "night calls", WHY)
    page = ann.get(PAGE)
    assert "first of all" not in text(page)
    assert 'href="?before=1"' in source(page)
    assert "first of all" in text(ann.get(PAGE, {"before": "1"}))


@pytest.mark.parametrize("odd", ["soon", "", "\0", "9999999"])
def test_what_is_no_moment_says_so(ann: Client, odd: str) -> None:
    assert notices(ann.get(PAGE, {**ASKED, "since": odd}))


def test_a_lead_adds_a_log_and_the_answer_says_what_it_covers(dan: Client) -> None:
    opened()
    line = {"at": "2026-03-02T09:30:00Z", "subject": "a1f0", "field": "phone"}
    log = json.dumps({**line, "purpose": "callback", "actor": "dialler"})
    form = {"system": "dialler", "since": "2026-03-02T09:00", "until": "2026-03-02T10:00"}
    file = BytesIO(log.encode())
    done = dan.post(reverse("add-openings"), {**form, "log": file}, follow=True)
    assert "1 opening was added." in notices(done)
    words = text(dan.get(PAGE, ASKED))
    assert "At least 3 people." in words
    assert "Not covered: dialler" in words


@pytest.mark.parametrize("system", ["", "No Name"])
def test_a_log_that_is_none_is_not_added(dan: Client, system: str) -> None:
    for given in ({"system": system}, {"system": system, "log": BytesIO(b"x"), **WHEN}):
        assert notices(dan.post(reverse("add-openings"), given, follow=True))
    assert not LedgerEntry.objects.exists()


def test_a_day_without_openings_is_exactly_nobody(ann: Client, monday: datetime) -> None:
    assert "Exactly 0 people." in text(ann.get(PAGE, ASKED))
    assert "Nothing has been opened yet." in text(ann.get(PAGE))
