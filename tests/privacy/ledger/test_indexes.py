"""What is asked of a ledger of ten million entries finds them by an index, and reads no other."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection

from rejoinder.plumbing import sql
from rejoinder.privacy.ledger import outside
from rejoinder.privacy.ledger.affected import affected
from rejoinder.privacy.models import LedgerEntry

pytestmark = pytest.mark.django_db(transaction=True)
BEGAN, ENDED = datetime(1970, 1, 1, tzinfo=UTC), datetime(1970, 1, 2, tzinfo=UTC)
REFUSED = LedgerEntry.objects.not_opened().filter(kind="refused").order_by("-place")

QUESTIONS: dict[str, Callable[[], Any]] = {
    "who exactly": lambda: affected("callback", "phone", BEGAN, ENDED),
    "which hours of other systems": outside.covered,
    "what of a person": lambda: list(LedgerEntry.objects.of("a pseudonym")),
    "the page of what was refused": lambda: list(REFUSED[:101]),
}


def plans(question: Callable[[], Any]) -> list[str]:
    """How the database finds the entries for it: with its parameters, as it is asked."""
    on_sqlite = connection.vendor == "sqlite"
    asked: list[tuple[str, Any]] = []

    def hear(execute: Any, statement: str, values: Any, *more: Any) -> Any:
        asked.append((statement, values))
        return execute(statement, values, *more)

    with connection.execute_wrapper(hear):
        question()
    if not on_sqlite:  # of a table this small it would otherwise read all
        sql.execute("SET enable_seqscan = off")
    word = "EXPLAIN QUERY PLAN " if on_sqlite else "EXPLAIN "
    rows = [str(row[-1]) for one, values in asked for row in sql.fetch(word + one, values)]
    return [row for row in rows if "privacy_ledgerentry" in row or "ledger_" in row]


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_question_goes_through_all_of_it(question: str) -> None:
    found = plans(QUESTIONS[question])
    assert any("ledger_o" in plan for plan in found)
    assert [plan for plan in found if "SCAN privacy" in plan or "Seq Scan" in plan] == []
    if question == "who exactly" and connection.vendor == "sqlite":
        assert any("COVERING INDEX ledger_of_openings" in plan for plan in found)
