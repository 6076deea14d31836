"""Who is called when; a signature holds the body and the second."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.team.notify.rules import (
    AGAIN,
    ESCALATES,
    EVERYBODY,
    FIRST,
    Colleague,
    Whom,
    called,
    next_try,
    round_due,
    signature,
    whom,
)

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAN, ALICE, ANN = Colleague(1, True, True), Colleague(2, False, True), Colleague(3, False, False)


def test_leads_first_then_everybody_who_answers() -> None:
    assert called([DAN, ALICE, ANN], FIRST) == [1]
    assert called([DAN, ALICE, ANN], EVERYBODY) == [1, 2]
    assert called([ALICE, ANN], FIRST) == [2]
    assert called([ANN], EVERYBODY) == []


def test_who_is_on_duty_is_called_before_leads() -> None:
    there = replace(ALICE, on_duty=True)

    assert called([DAN, there, ANN], FIRST) == [2]
    assert called([DAN, there, ANN], EVERYBODY) == [1, 2]
    assert whom([DAN, there], is_kept=True) is Whom.ON_DUTY
    assert whom([DAN, ALICE], is_kept=True) is Whom.NOBODY
    assert whom([DAN, ALICE], is_kept=False) is Whom.NO_ROTA


def test_who_is_away_is_left_alone_while_anybody_else_can_be_called() -> None:
    dan = replace(DAN, away=True)

    assert called([dan, ALICE], FIRST) == [2]
    assert called([dan, ALICE], EVERYBODY) == [2]
    assert called([dan, replace(ALICE, away=True)], FIRST) == [1]


def test_it_escalates_when_nobody_sees_to_it() -> None:
    assert round_due(NOW, NOW) == FIRST
    assert round_due(NOW, NOW + ESCALATES) == EVERYBODY


def test_what_failed_is_tried_again_a_few_times() -> None:
    tries = [next_try(attempts, NOW) for attempts in range(1, len(AGAIN) + 2)]
    assert tries == [*(NOW + pause for pause in AGAIN), None]
    assert sum(AGAIN, timedelta()) < ESCALATES


@given(st.text(min_size=1), st.integers(0, 2**40), st.binary(), st.binary())
def test_a_signature_fits_one_secret_one_second_one_body(
    secret: str, at: int, body: bytes, other: bytes
) -> None:
    mine = signature(secret.encode("utf-8", "replace").decode(), at, body)

    assert mine.startswith(f"t={at},v1=")
    if other != body:
        assert signature(secret.encode("utf-8", "replace").decode(), at, other) != mine
    assert signature("another", at, body) != mine or secret == "another"
