"""Fran finds numbers where they do not belong: she reports it, hears from us, and is thanked."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client

from rejoinder.plumbing import clock
from rejoinder.privacy import rights
from rejoinder.privacy.models import Cell, Finding, Incident, LedgerEntry
from rejoinder.privacy.vault import Person
from rejoinder.team.models import AuditLine, Call
from rejoinder.web.public import finders
from tests.web.pages import notices, source, text

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday")]

WORDS = "Your shop adds X-Msisdn: 07700 900123 to each request."


@pytest.fixture(autouse=True)
def nobody_yet() -> Iterator[None]:
    finders.recent.forget()
    yield
    finders.recent.forget()


def token(page: str) -> str:
    return page.partition('name="token" value="')[2].partition('"')[0]


def sent(client: Client, **values: str) -> Any:
    """The form, read for a minute and sent."""
    given = token(client.get("/security").content.decode())
    clock.turn(timedelta(minutes=1))
    return client.post("/security", {"words": WORDS, "token": given} | values)


def reported(**values: str) -> Finding:
    assert sent(Client(), **values).status_code == 302
    return Finding.objects.latest("pk")


def at(found: Finding, what: str = "") -> str:
    return f"/incidents/findings/{found.public_id}{what}"


def test_security_txt_has_what_the_standard_asks_for() -> None:
    answer = Client().get("/.well-known/security.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert not answer.cookies
    lines = answer.content.decode().split("\r\n")
    assert lines.pop() == ""
    fields = dict(line.split(": ", 1) for line in lines)
    assert len(fields) == len(lines)  # Expires and Preferred-Languages stand there once
    assert fields["Contact"].endswith("/security")
    assert fields["Policy"] == fields["Contact"]
    assert fields["Canonical"].endswith("/.well-known/security.txt")
    assert fields["Preferred-Languages"] == "en, de"
    expires = datetime.strptime(fields["Expires"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert timedelta(days=80) < expires - clock.now() < timedelta(days=365)


def test_a_report_is_kept_masked_and_its_finder_sealed() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = sent(client, where="shop.example.com", email="fran@example.com")
    found = Finding.objects.get()
    assert answer.headers["Location"] == f"/security/{found.reference}"
    assert not client.cookies
    assert "900123" not in found.words
    assert "X-Msisdn" in found.words
    assert Cell.objects.get().field == "email"
    page = client.get(answer.headers["Location"])
    assert "A person tells you so here before" in text(page)
    assert "fran@example.com" not in source(page)
    assert not client.cookies
    assert Call.objects.count() == 1
    assert AuditLine.objects.filter(action="got a report of a finder", actor=None).exists()


def test_pressed_twice_it_is_one_report() -> None:
    client = Client()
    given = token(client.get("/security").content.decode())
    clock.turn(timedelta(minutes=1))
    for _ in range(2):
        answer = client.post("/security", {"words": WORDS, "token": given})
        assert answer.status_code == 302
    assert Finding.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"words": ""}, 422),
        ({"words": "x" * 5001}, 422),
        ({"words": "a\0b"}, 422),
        ({"email": "nobody"}, 422),
        ({"website": "http://example.com"}, 422),
        ({"token": "made-up"}, 422),
        ({"words": "http://example.com " * 30}, 200),
    ],
)
def test_what_cannot_be_kept_is_given_back(values: dict[str, str], status: int) -> None:
    answer = sent(Client(), **values)
    assert answer.status_code == status
    assert not Finding.objects.exists()


def test_a_network_that_sends_much_waits() -> None:
    for _ in range(5):
        assert sent(Client()).status_code == 302
    page = sent(Client())
    assert "press Send again" in text(page)
    assert Finding.objects.count() == 5
    assert Call.objects.count() == 1


def test_a_store_that_fails_keeps_the_words_in_the_form(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(report: object) -> None:
        raise DatabaseError("the disk is full")

    monkeypatch.setattr(finders, "receive", full)
    answer = sent(Client())
    assert answer.status_code == 503
    assert "X-Msisdn" in source(answer)


def test_a_reference_is_understood_as_it_is_typed_and_others_are_not_told() -> None:
    found = reported()
    typed = found.reference.lower().replace("-", " ")
    assert Client().get(f"/security/{typed}").status_code == 200
    for wrong in ("0000-0000-0000", "x" * 500, "K7TM"):
        assert Client().get(f"/security/{wrong}").status_code == 404


def test_it_is_acknowledged_in_time_and_the_finder_sees_it(dan: Client) -> None:
    found = reported()
    assert "to be acknowledged" in text(dan.get("/incidents"))
    clock.turn(timedelta(days=1))
    page = dan.post(at(found, "/acknowledge"), follow=True)
    assert "acknowledged" in text(page)
    assert "Dan" in text(page)
    assert "A person has had your report" in text(Client().get(f"/security/{found.reference}"))
    again = dan.post(at(found, "/acknowledge"))
    assert again.status_code == 422
    assert "told already" in notices(again)


def test_one_that_waits_for_too_long_is_late(dan: Client) -> None:
    found = reported()
    clock.turn(timedelta(days=9))
    assert re.search(r'class="bad">to be acknowledged', source(dan.get("/incidents")))
    dan.post(at(found, "/acknowledge"))
    assert "which was due" in text(dan.get(at(found)))


def test_a_word_to_the_finder_acknowledges_too(dan: Client) -> None:
    found = reported()
    dan.post(at(found, "/tell"), {"words": "Thank you; is it still so? Call 07700 900456."})
    found.refresh_from_db()
    assert found.acknowledged_at is not None
    page = Client().get(f"/security/{found.reference}")
    assert "is it still so?" in text(page)
    assert "900456" not in source(page)
    assert dan.post(at(found, "/tell"), {"words": " "}).status_code == 422


def test_it_becomes_an_incident_whose_clocks_run_from_when_it_came(dan: Client) -> None:
    found = reported(where="shop.example.com")
    clock.turn(timedelta(hours=3))
    assert dan.post(at(found, "/open"), {"name": " "}).status_code == 422
    page = dan.post(at(found, "/open"), {"name": "The shop"}, follow=True)
    row = Incident.objects.get()
    assert row.aware_at == found.came_at
    assert "X-Msisdn" in row.facts
    assert "The shop" in text(page)
    assert "It is an incident" in text(dan.get(at(found)))
    assert dan.post(at(found, "/open"), {"name": "Again"}).status_code == 422
    assert Incident.objects.count() == 1


def test_credit_is_given_to_who_asked_and_to_nobody_else(dan: Client) -> None:
    silent, fran = reported(), reported(credit_name="Fran Finder")
    assert dan.post(at(silent, "/credit"), {"credit": "given"}).status_code == 422
    assert "Fran Finder" not in text(Client().get("/security"))
    dan.post(at(fran, "/credit"), {"credit": "given"})
    assert "Fran Finder" in text(Client().get("/security"))
    assert "named among those" in text(Client().get(f"/security/{fran.reference}"))
    dan.post(at(fran, "/credit"), {"credit": "refused"})
    assert "Fran Finder" not in text(Client().get("/security"))


def test_the_address_is_opened_with_a_reason_and_the_ledger_has_it(dan: Client) -> None:
    found = reported(email="fran@example.com")
    assert "fran@example.com" not in source(dan.get(at(found)))
    page = dan.post(at(found, "/contact"), {"why": " "})
    assert "fran@example.com" not in source(page)
    page = dan.post(at(found, "/contact"), {"why": "to ask how"})
    assert "fran@example.com" in text(page)
    assert LedgerEntry.objects.filter(kind="opened", field="email").count() == 1
    assert dan.post(at(reported(), "/contact"), {"why": "to ask how"}).status_code == 302


def test_it_is_closed_once_the_finder_heard_from_us(dan: Client) -> None:
    found = reported()
    assert dan.post(at(found, "/close")).status_code == 422
    dan.post(at(found, "/acknowledge"))
    dan.post(at(found, "/close"))
    assert found.reference not in text(dan.get("/incidents"))
    assert "We looked into it" in text(Client().get(f"/security/{found.reference}"))
    assert dan.post(at(found, "/tell"), {"words": "one more"}).status_code == 422


def test_what_a_finder_told_is_theirs_to_see_and_to_erase() -> None:
    found = reported(email="fran@example.com", credit_name="Fran Finder")
    person = Person("finder", found.reference)
    copy = rights.export(person, "test", "asked")
    assert copy["rooms"]["findings"][0]["credit_name"] == "Fran Finder"
    assert copy["sealed"][0]["value"] == "fran@example.com"
    assert rights.erase(person, "test", "asked")["findings"] == 1
    assert not Finding.objects.exists()
    assert not Cell.objects.exists()
