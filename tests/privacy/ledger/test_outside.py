"""Logs of other systems are added whole, with the hours they cover; the rest is “at least”."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from rejoinder.privacy.ledger import outside
from rejoinder.privacy.ledger.affected import affected
from rejoinder.privacy.ledger.outside import NotAddedError
from rejoinder.privacy.ledger.replay import Replay
from rejoinder.privacy.ledger.report import report
from rejoinder.privacy.models import LedgerEntry
from rejoinder.team.access import NotAllowedError
from tests import people

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)


def line(at: datetime, subject: str = "a1f0", **other: Any) -> bytes:
    values = {"at": at.isoformat(), "subject": subject, "field": "msisdn", "purpose": "partner"}
    return json.dumps({**values, "actor": "gateway-3", **other}).encode() + b"\n"


def test_a_gateways_log_says_who_and_for_which_hours(monday: datetime) -> None:
    log = line(monday) + line(monday + HOUR, "b2e1") + b"\n" + line(monday + HOUR)
    assert outside.add(people.dan(), "gateway", log, monday, monday + 3 * HOUR) == 3
    found = affected("partner", "msisdn", monday, monday + 3 * HOUR)
    assert (found.subjects, found.openings, found.gaps) == (["gateway:a1f0", "gateway:b2e1"], 3, [])
    longer = report(affected("partner", "msisdn", monday - HOUR, monday + 4 * HOUR))
    assert longer["at_least"]
    assert [(one["from"][11:16], one["to"][11:16]) for one in longer["not_covered"]] == [
        ("08:00", "09:00"),
        ("12:00", "13:00"),
    ]
    assert Replay().problems == []


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (b"{}", "Line 2: "),
        (b"\xff", "Line 2: "),
        (b"[1]", "Line 2: "),
        (b'{"at": "2026-03-02T09:00:00"}', "Line 2: "),
    ],
)
def test_a_log_with_a_bad_line_is_not_added(monday: datetime, bad: bytes, words: str) -> None:
    with pytest.raises(NotAddedError, match=words):
        outside.add(people.dan(), "gateway", line(monday) + bad, monday, monday + HOUR)
    assert not LedgerEntry.objects.exists()


@pytest.mark.parametrize("subject", ["", "x" * 61, "a\u0000b", "07700 900123", "tom@example.com"])
def test_a_name_that_is_none_or_is_contact_data_is_refused(monday: datetime, subject: str) -> None:
    with pytest.raises(NotAddedError, match="Line 1"):
        outside.add(people.dan(), "gateway", line(monday, subject), monday, monday + HOUR)


def test_a_log_outside_its_hours_or_added_twice_is_refused(monday: datetime) -> None:
    with pytest.raises(NotAddedError, match="outside the time"):
        outside.add(people.dan(), "gateway", line(monday + HOUR), monday, monday + HOUR)
    with pytest.raises(NotAddedError, match="ends before"):
        outside.add(people.dan(), "gateway", b"", monday, monday)
    outside.add(people.dan(), "gateway", line(monday), monday, monday + HOUR)
    with pytest.raises(NotAddedError, match="was added before"):
        outside.add(people.dan(), "gateway", line(monday), monday, monday + HOUR)


@pytest.mark.parametrize("system", ["", "Gateway", "a b", "x" * 61, "a\n", "-a"])
def test_a_system_has_a_plain_name(monday: datetime, system: str) -> None:
    with pytest.raises(NotAddedError, match="small letters"):
        outside.add(people.dan(), system, b"", monday, monday + HOUR)


def test_who_may_not_add_does_not(monday: datetime) -> None:
    for who in (people.alice(), people.ann(), people.charlie()):
        with pytest.raises(NotAllowedError):
            outside.add(who, "gateway", b"", monday, monday + HOUR)


def test_a_reason_keeps_no_personal_data(monday: datetime) -> None:
    log = line(monday, why="rang 07700 900123")
    outside.add(people.dan(), "gateway", log, monday, monday + HOUR)
    assert LedgerEntry.objects.get(kind="opened").why == "rang [••• phone number]"
