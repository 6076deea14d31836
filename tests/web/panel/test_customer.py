"""Alice asks the house's own system about Tom: signed, shown once, kept nowhere."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from docs.extend import customer_server
from rejoinder.desk import actions as desk
from rejoinder.desk.models import CustomerSystem, IdentityCheck
from rejoinder.desk.panel import asking, signed, system
from rejoinder.desk.refusals import CannotError
from rejoinder.listening.models import Conversation
from rejoinder.plumbing import clock
from rejoinder.plumbing.answer import Answer, NoAnswerError
from rejoinder.plumbing.http import Network
from rejoinder.team.models import AuditLine
from tests import people
from tests.web import stage
from tests.web.pages import notices, source, text

pytestmark = pytest.mark.django_db
FACT = "Sample 10 GB"


@contextmanager
def serving(secret: str) -> Iterator[str]:
    server = customer_server.Server(("127.0.0.1", 0), secret)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/ask"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def talk() -> Conversation:
    found = stage.says("Tom", "why is my bill so high?", channel="mastodon", public=False)
    type(found.person).objects.filter(pk=found.person_id).update(handle="tom@town.example")
    return desk.take(Conversation.objects.get(pk=found.pk), people.alice())


@pytest.fixture
def connected(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The reference server on loopback, and a network that may call it."""
    private = Network(["127.0.0.1"])
    monkeypatch.setattr(asking, "network", lambda: private)
    secret = system.connect(people.olga(), "http://127.0.0.1:1/")
    with serving(secret) as url:
        CustomerSystem.objects.update(url=url)
        yield
    private.close()


def prove(talk: Conversation) -> None:
    now = clock.now()
    IdentityCheck.objects.create(
        reference="K7TM-2Q9X-4BDN",
        conversation=talk,
        offered_by=people.alice(),
        offered_at=now,
        passed=True,
        ended_at=now,
    )


def everything_kept() -> str:
    return str(
        [list(each._default_manager.values()) for each in apps.get_models() if each._meta.managed]
    )


@pytest.mark.usefixtures("connected")
def test_nothing_personal_before_they_proved_who_they_are(
    alice: Client, talk: Conversation
) -> None:
    first = alice.post(f"/c/{talk.public_id}/customer")
    prove(talk)
    second = alice.post(f"/c/{talk.public_id}/customer")

    assert "Faults near them" in text(first)
    assert FACT not in source(first)
    assert "nothing personal is shown" in text(first)
    assert FACT in text(second)
    assert "no-store" in second.headers["Cache-Control"]
    assert FACT not in everything_kept()
    lines = AuditLine.objects.filter(action="asked the customer system about").order_by("id")
    assert [line.detail for line in lines] == [{"proved": False}, {"proved": True}]


@pytest.mark.usefixtures("connected")
def test_only_who_has_it_asks(bob: Client, ann: Client, talk: Conversation) -> None:
    assert "Take the conversation first" in notices(
        bob.post(f"/c/{talk.public_id}/customer", follow=True)
    )
    assert ann.post(f"/c/{talk.public_id}/customer").status_code == 403
    assert not AuditLine.objects.filter(action="asked the customer system about").exists()


@pytest.mark.usefixtures("connected")
def test_the_reference_answers_a_question_once_and_no_stranger(talk: Conversation) -> None:
    row = system.current()
    assert row is not None
    body = json.dumps({"channel": "x", "handle": "y", "reference": ""}).encode()
    now = int(clock.now().timestamp())
    with_secret = signed.signature(system.secret(row), now, "n" * 22, body)
    with_another = signed.signature("guessed", now, "m" * 22, body)
    old = signed.signature(system.secret(row), now - 400, "o" * 22, body)
    network = Network(["127.0.0.1"])

    def ask(header: str) -> int:
        return network.call("POST", row.url, header={signed.HEADER: header}, content=body).status

    asked = [ask(each) for each in (with_secret, with_secret, with_another, old, "t=1", "")]
    network.close()
    assert asked == [200, 401, 401, 401, 401, 401]


class Says:
    """A system that answers anything."""

    def __init__(self, answer: Answer | NoAnswerError) -> None:
        self._answer = answer

    def call(self, *_: object, **__: object) -> Answer:
        if isinstance(self._answer, NoAnswerError):
            raise self._answer
        return self._answer


@pytest.mark.parametrize(
    "answer",
    [
        NoAnswerError("it gave no answer in 4 seconds.", may_have_arrived=True),
        Answer(500, {}, b"oops"),
        Answer(302, {"location": "http://169.254.169.254/"}, b""),
        Answer(200, {}, b"<html>"),
        Answer(200, {}, b'{"facts": "all"}'),
        Answer(200, {}, b'{"facts": [{"label": 7, "value": []}]}'),
        Answer(200, {}, b"[" * 100_000),
        Answer(200, {}, b'{"facts": [' + b'{"label":"a","value":"b"},' * 9000 + b"]}"),
    ],
)
def test_a_bad_day_of_theirs_is_told_and_nothing_breaks(
    alice: Client, talk: Conversation, monkeypatch: pytest.MonkeyPatch, answer: Any
) -> None:
    system.connect(people.olga(), "https://crm.example.com/ask")
    monkeypatch.setattr(asking, "network", lambda: Says(answer))

    page = alice.post(f"/c/{talk.public_id}/customer", follow=True)

    assert "no usable answer" in notices(page)


def test_who_is_nobody_there_has_nothing_to_show(
    alice: Client, talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    system.connect(people.olga(), "https://crm.example.com/ask")
    monkeypatch.setattr(asking, "network", lambda: Says(Answer(404, {}, b"")))

    assert "Nothing to show" in text(alice.post(f"/c/{talk.public_id}/customer"))


def test_what_they_say_is_text(
    alice: Client, talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    system.connect(people.olga(), "https://crm.example.com/ask")
    facts = {"facts": [{"label": "<b>x</b>", "value": "<script>1</script>", "personal": False}]}
    monkeypatch.setattr(
        asking, "network", lambda: Says(Answer(200, {}, json.dumps(facts).encode()))
    )

    assert "<script>1" not in source(alice.post(f"/c/{talk.public_id}/customer"))


@pytest.mark.parametrize(
    "url", ["", "ftp://x", "https://", "https://a:b@c/", "http://[", "x" * 900]
)
def test_what_is_no_address_is_not_connected(url: str) -> None:
    with pytest.raises(CannotError):
        system.connect(people.olga(), url)


def test_an_owner_connects_sees_the_secret_once_and_disconnects(olga: Client, dan: Client) -> None:
    page = olga.post("/customer-system/connect", {"url": "https://crm.example.com/ask"})
    row = system.current()
    assert row is not None
    secret = system.secret(row)

    assert secret in source(page)
    assert secret not in source(olga.get("/customer-system"))
    assert dan.post("/customer-system/disconnect").status_code == 403
    olga.post("/customer-system/disconnect")
    assert system.current() is None
    assert bytes(CustomerSystem.objects.get().sealed) == b""


@given(st.binary(max_size=400), st.booleans())
def test_anything_is_facts_or_no_facts(body: bytes, proved: bool) -> None:
    try:
        found = signed.read(body, proved=proved)
    except signed.BadFactsError:
        return
    assert len(found.facts) <= signed.MOST


FACTS = st.builds(signed.Fact, st.text(max_size=90), st.text(max_size=400), st.booleans())


@given(st.lists(FACTS, max_size=30))
def test_nothing_personal_is_read_without_proof(facts: list[signed.Fact]) -> None:
    told = [{"label": f.label, "value": f.value, "personal": f.personal} for f in facts]
    found = signed.read(json.dumps({"facts": told}).encode(), proved=False)

    assert not any(each.personal for each in found.facts)
    assert found.hidden == sum(each.personal for each in facts)
    assert all("\n" not in each.value and "\u202e" not in each.value for each in found.facts)
