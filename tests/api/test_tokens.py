"""Who comes in with a token, with what, how often, and that nobody else does."""

from datetime import timedelta

import pytest
from django.test import Client

from rejoinder.plumbing import clock
from rejoinder.team import access, tokens
from rejoinder.team.models import ApiToken, AuditLine
from tests import people
from tests.api.program import Program
from tests.web import stage
from tests.web.pages import source, text

pytestmark = pytest.mark.django_db


def test_a_secret_is_shown_once_and_only_its_hash_is_kept(alice: Client) -> None:
    page = alice.post("/me/tokens/make", {"name": "CRM", "scope": ["read"], "days": "30"})
    secret = source(page).split("<code>")[1].split("</code>")[0]

    assert secret.startswith(tokens.BEGINS)
    assert secret not in source(alice.get("/me/tokens"))
    kept = ApiToken.objects.get()
    assert secret not in str(vars(kept))
    answer = Client().get("/api/v1/conversations", headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == 200
    assert AuditLine.objects.get(action="made a token").detail == {"scopes": ["read"], "days": 30}


def test_strangers_old_ended_and_left_are_nobody(monday: object) -> None:
    stage.says("Tom", "no signal")
    alice = Program(people.alice())
    assert Client().get("/api/v1/conversations").status_code == 401
    nobody = Client().get("/api/v1/conversations", headers={"Authorization": "Bearer rejoinder_x"})
    assert nobody.json()["type"] == "urn:rejoinder:no-token"
    assert nobody.headers["WWW-Authenticate"] == "Bearer"

    assert alice.get("/conversations").status_code == 200
    people.alice().__class__.objects.filter(pk=alice.advisor.pk).update(is_active=False)
    assert alice.get("/conversations").status_code == 401

    bob = Program(people.bob())
    tokens.end(people.bob(), bob.token)
    assert bob.get("/conversations").status_code == 401

    dan = Program(people.dan())
    ApiToken.objects.filter(pk=dan.token.pk).update(ends_at=clock.now())
    assert dan.get("/conversations").status_code == 401


def test_a_session_is_no_way_in(alice: Client) -> None:
    assert alice.get("/api/v1/conversations").status_code == 401


def test_a_token_does_no_more_than_it_names(monday: object) -> None:
    talk = stage.says("Tom", "no signal")
    reads = Program(people.alice(), access.READ)

    assert reads.get(f"/conversations/{talk.public_id}").status_code == 200
    refused = reads.post(f"/conversations/{talk.public_id}/take")
    assert (refused.status_code, refused.json()["type"]) == (403, "urn:rejoinder:not-allowed")
    assert access.may(people.alice(), access.ANSWER), "she herself may"


def test_a_token_has_no_right_that_its_colleague_lost(monday: object) -> None:
    talk = stage.says("Tom", "no signal")
    dan = Program(people.dan(), access.READ, access.STEER, access.ANSWER)
    type(dan.advisor).objects.filter(pk=dan.advisor.pk).update(role="auditor")

    assert dan.get(f"/conversations/{talk.public_id}").status_code == 403


@pytest.mark.parametrize(
    ("name", "scopes", "days"),
    [("", ["read"], 30), ("x", [], 30), ("x", ["people"], 30), ("x", ["read"], 9999)],
)
def test_what_is_no_token_is_not_made(name: str, scopes: list[str], days: int) -> None:
    with pytest.raises(tokens.CannotMakeError):
        tokens.make(people.alice(), name, scopes, days)

    assert not ApiToken.objects.exists()


def test_a_program_makes_no_tokens() -> None:
    program = Program(people.alice())
    worker = tokens.come_in(program.secret)
    assert worker is not None

    with pytest.raises(tokens.CannotMakeError):
        tokens.make(worker, "more", ["read"], 7)


def test_ten_tokens_are_the_most() -> None:
    for number in range(tokens.MOST):
        tokens.make(people.alice(), f"{number}", ["read"], 7)

    with pytest.raises(tokens.CannotMakeError):
        tokens.make(people.alice(), "one more", ["read"], 7)


def test_too_many_calls_wait_for_the_next_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "A_MINUTE", 3)
    at = clock.now().replace(second=20, microsecond=0)
    monkeypatch.setattr(clock, "now", lambda: at)
    program = Program(people.alice())

    told = [program.get("/tags").status_code for _ in range(3)]
    refused = program.get("/tags")
    assert (told, refused.status_code) == ([200] * 3, 429)
    assert refused.headers["Retry-After"] == "40"

    monkeypatch.setattr(clock, "now", lambda: at + timedelta(seconds=40))
    assert program.get("/tags").status_code == 200


def test_one_ends_ones_own_and_who_keeps_the_team_any(
    alice: Client, bob: Client, olga: Client
) -> None:
    hers = Program(people.alice())

    assert bob.post(f"/me/tokens/{hers.token.pk}/end").status_code == 404
    assert "a test" in text(olga.get("/me/tokens"))
    assert olga.post(f"/me/tokens/{hers.token.pk}/end").status_code == 302
    assert hers.get("/tags").status_code == 401
    assert AuditLine.objects.filter(action="ended a token", actor=people.olga()).exists()
