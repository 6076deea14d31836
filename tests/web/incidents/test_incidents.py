"""The register as people use it: opened, written along, people told, closed, taken as a file."""

import json
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client

from rejoinder.crisis import actions
from rejoinder.crisis.models import Did, Entry
from rejoinder.plumbing import clock
from rejoinder.privacy.incidents import known, registering
from rejoinder.privacy.incidents.registering import Known
from rejoinder.privacy.models import Incident, LedgerEntry
from tests import people
from tests.privacy.stage import NUMBERS, TOM, keep
from tests.web.pages import notices, source, text

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday")]
FORM = {
    "name": "Numbers in requests",
    "aware_at": "2026-03-02T08:00",
    "personal": "yes",
    "provider": "yes",
    "risk": "likely",
    "people": "40000",
    "facts": "A gateway added numbers to requests.",
}


def opened() -> Incident:
    aware = clock.now() - timedelta(hours=1)
    return registering.open_one(
        people.dan(), Known(name="The gateway", aware_at=aware, provider=True)
    )


def at(incident: Incident, what: str = "") -> str:
    return f"/incidents/{incident.public_id}{what}"


def test_a_lead_opens_one_and_sees_its_clocks(dan: Client) -> None:
    page = dan.post("/incidents/open", FORM, follow=True)
    words = text(page)
    assert "PECR, regulation 5A" in words
    assert "72 hours" in words
    assert "UK GDPR" not in words
    assert "First notification" in words
    assert "about 40,000" in words
    assert "PECR, regulation 5A: due" in text(dan.get("/incidents"))


def test_what_was_typed_stays_when_it_cannot_be_kept(dan: Client) -> None:
    page = dan.post("/incidents/open", {**FORM, "aware_at": "2027-01-01T00:00"})
    assert page.status_code == 422
    assert "A gateway added numbers" in source(page)
    assert "still to come" in notices(page)
    page = dan.post("/incidents/open", {**FORM, "people": "many"})
    assert "whole number" in notices(page)
    row = opened()
    page = dan.post(at(row, "/change"), {**FORM, "name": " "})
    assert page.status_code == 422
    assert "A gateway added numbers" in source(page)


def test_a_field_that_nobody_touched_keeps_its_seconds(dan: Client) -> None:
    row = opened()
    Incident.objects.update(aware_at=row.aware_at + timedelta(seconds=17))
    row.refresh_from_db()
    was = row.aware_at
    shown = {**FORM, "aware_at": was.strftime("%Y-%m-%dT%H:%M")}
    dan.post(at(row, "/change"), shown)
    row.refresh_from_db()
    assert (row.aware_at, row.name) == (was, FORM["name"])


def test_people_are_told_directly_and_then_it_is_closed(dan: Client) -> None:
    tom = keep(TOM, purposes=["legal-duty"])
    row = opened()
    assert "cannot be closed yet" in notices(dan.post(at(row, "/close")))
    file = BytesIO(f"{tom}\nhash-1\n".encode())
    page = dan.post(at(row, "/list"), {"from": "file", "list": file}, follow=True)
    assert "2 people are listed." in notices(page)
    answer = dan.post(at(row, "/contacts"))
    assert answer.content.decode().splitlines() == [
        "reference,email,phone,address",
        *sorted([f"{tom},,{NUMBERS[TOM]},", "hash-1,,,"]),
    ]
    assert LedgerEntry.objects.filter(purpose="legal-duty", kind="opened").count() == 1
    dan.post(at(row, "/tell"), {"way": "call", "names": tom})
    assert "1 of 2 people were told." in text(dan.get(at(row)))
    dan.post(at(row, "/tell"), {"way": "letter", "names": ""})
    full = {**FORM, "effects": "Fraud.", "remedy": "Fixed.", "fixed_at": "2026-03-02T08:30"}
    dan.post(at(row, "/change"), full)
    dan.post(at(row, "/notify"), {"rule": "pecr-5a", "words": "All of it.", "at": "08:45"})
    page = dan.get(at(row))
    assert "From the repair to the last person told" in text(page)
    assert "Close the incident" in text(page)
    dan.post(at(row, "/close"))
    page = dan.get(at(row))
    assert "Closed" in text(page)
    assert "<form" not in source(page).split("<main", 1)[1]
    assert "The gateway" not in text(dan.get("/incidents")).split("Closed", 1)[0]


def test_the_auditor_reads_and_changes_nothing(ann: Client) -> None:
    page = ann.get(at(opened()))
    assert page.status_code == 200
    assert "<form" not in source(page).split("<main", 1)[1]


def test_a_reason_is_enough_where_a_regulator_or_people_need_not_be_told(dan: Client) -> None:
    row = opened()
    why = {"rule": "pecr-5a", "needless": "yes", "words": "Nobody but the canary."}
    dan.post(at(row, "/notify"), why)
    dan.post(at(row, "/explain"), {"why": "No subscriber was behind it."})
    words = text(dan.get(at(row)))
    assert "not needed, written down" in words
    assert "No subscriber was behind it." in words


def test_a_notice_that_cannot_be_kept_leaves_its_words(dan: Client) -> None:
    row = opened()
    sent = {"rule": "pecr-5a", "words": "My own words.", "at": "2027-01-01T00:00"}
    page = dan.post(at(row, "/notify"), sent)
    assert page.status_code == 422
    assert "My own words." in source(page)


def test_whom_the_ledger_names_is_listed(dan: Client) -> None:
    row = opened()
    asked = {"from": "ledger", "purpose": "callback", "field": "phone"}
    when = {"since": "2026-03-02T00:00", "until": "2026-03-03T00:00"}
    assert "names nobody" in notices(dan.post(at(row, "/list"), {**asked, **when}))
    assert dan.post(at(row, "/list"), asked).status_code == 422
    assert "20 MB" in notices(dan.post(at(row, "/list"), {"from": "file"}))


def test_an_open_crisis_tells_that_regulators_were_told(dan: Client) -> None:
    row, crisis = opened(), actions.declare(people.dan(), "Numbers in requests")
    dan.post(at(row, "/link"), {"crisis": str(crisis.public_id), "answer": "no"})
    dan.post(at(row, "/notify"), {"rule": "pecr-5a", "words": "First words.", "at": "08:59"})
    dids = list(Entry.objects.values_list("did", flat=True))
    assert Did.INCIDENT in dids
    assert Did.REGULATOR in dids
    room = text(dan.get(f"/crisis/{crisis.public_id}"))
    assert "told Information Commissioner (PECR, regulation 5A)" in room
    assert "Numbers in requests" in text(dan.get(at(row)))


def test_it_is_taken_as_a_file(ann: Client) -> None:
    row = opened()
    made = ann.get(at(row, "/report.pdf"))
    assert made.content.startswith(b"%PDF")
    told = json.loads(ann.get(at(row, "/report.json")).content)
    assert told["clocks"][0]["rule"] == "pecr-5a"
    assert told["people"] == {
        "listed": [],
        "at_least": False,
        "told": {},
        "why_not_told": "",
        "seconds_from_fixed_to_told": None,
    }


def test_a_rule_that_cannot_be_read_is_said_and_the_page_stands(
    dan: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = opened()

    def broken() -> None:
        raise known.BadRuleError("partner.toml: no name")

    monkeypatch.setattr(known, "rules", broken)
    for page in ("/incidents", at(row)):
        answer = dan.get(page)
        assert answer.status_code == 200
        assert "partner.toml" in notices(answer)


def test_closed_ones_come_page_by_page(dan: Client) -> None:
    now = clock.now()
    for n in range(51):
        Incident.objects.create(
            name=f"Closed {n}.", aware_at=now, opened_at=now, closed_at=now, closed_by=people.dan()
        )
    first = dan.get("/incidents")
    assert "Closed 0." not in text(first)
    before = Incident.objects.order_by("-pk")[49].pk
    assert "Closed 0." in text(dan.get("/incidents", {"before": before}))
