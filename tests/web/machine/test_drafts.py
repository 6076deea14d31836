"""Alice lets a machine begin a reply: masked, marked, and never sent but by her."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from django.test import Client

from rejoinder.desk import actions as desk
from rejoinder.desk.machine import choosing, drafting
from rejoinder.desk.models import Draft, DraftingMachine
from rejoinder.listening.models import Conversation, Need
from rejoinder.outbox.models import Reply
from rejoinder.plumbing.http import Network
from rejoinder.team.models import AuditLine
from tests import people
from tests.web import stage
from tests.web.machine.endpoint import Endpoint, serving
from tests.web.pages import notices, source, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
KEY = "made-up-key-1234"
MARK = "A machine drafted this"


@pytest.fixture
def there(monkeypatch: pytest.MonkeyPatch, db: None) -> Iterator[Endpoint]:
    with serving() as endpoint, closing(Network(["127.0.0.1"])) as opened:
        monkeypatch.setattr(drafting, "network", lambda: opened)
        choosing.choose(people.olga(), endpoint.url, "small", KEY, x_approved=False)
        yield endpoint


def says(**more: Any) -> Conversation:
    words = "No signal, I am Tom, 07700 900123"
    return desk.take(stage.says("Tom", words, **more), people.alice())


def test_off_until_an_owner_chooses_one(alice: Client) -> None:
    talk = says()
    assert "Ask the machine" not in text(alice.get(f"/c/{talk.public_id}"))
    answer = alice.post(f"/c/{talk.public_id}/machine", follow=True)
    assert "No machine drafts here" in notices(answer)


def test_masked_out_marked_in_and_not_sent(alice: Client, there: Endpoint) -> None:
    talk = says()
    at = f"/c/{talk.public_id}"
    assert "Ask the machine" in text(alice.get(at))

    page = alice.post(f"{at}/machine", follow=True)

    sent = str(there.asked)
    assert "No signal" in sent
    assert "900123" not in sent
    assert "Tom" not in sent
    assert there.keys == [f"Bearer {KEY}"]
    assert MARK in text(page)
    draft = Draft.objects.get()
    assert draft.text.startswith("We are looking into it.")
    assert "900555" not in draft.text  # a number that nobody gave it
    assert not Reply.objects.exists()
    line = AuditLine.objects.get(action="asked a machine for a draft in")
    assert line.detail["model"] == "small"

    alice.post(f"{at}/draft", {"text": "We are looking, Tom."})
    assert MARK in text(alice.get(at))
    alice.post(f"{at}/draft", {"text": ""})
    alice.post(f"{at}/draft", {"text": "My own words."})
    assert MARK not in text(alice.get(at))


def test_sent_by_her_the_box_begins_anew(alice: Client, there: Endpoint) -> None:
    talk = says()
    alice.post(f"/c/{talk.public_id}/machine")
    alice.post(f"/c/{talk.public_id}/send", {"text": "We are looking into it."})

    assert Reply.objects.get().advisor == people.alice()
    assert Draft.objects.get().machine_at is None
    assert "begun by a machine" in text(alice.get(f"/c/{talk.public_id}"))


def test_undone_it_is_marked_again(alice: Client, there: Endpoint) -> None:
    talk = says()
    alice.post(f"/c/{talk.public_id}/machine")
    alice.post(f"/c/{talk.public_id}/send", {"text": "We are looking into it."})
    alice.post(f"/outbox/{Reply.objects.get().public_id}/withdraw")

    assert MARK in text(alice.get(f"/c/{talk.public_id}"))
    alice.post(f"/c/{talk.public_id}/send", {"text": "My own words."})
    assert Reply.objects.order_by("id")[1].machine_at is not None


def test_what_is_written_is_not_touched(alice: Client, there: Endpoint) -> None:
    talk = says()
    desk.save_draft(talk, people.alice(), "My own words")
    answer = alice.post(f"/c/{talk.public_id}/machine", follow=True)

    assert "a draft already" in notices(answer)
    assert Draft.objects.get().text == "My own words"
    assert there.asked == []


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"need": Need.URGENT}, "urgent need"),
        ({"public": False}, "nothing in public"),
        ({"channel": "x"}, "X has to approve"),
    ],
)
def test_where_no_machine_is_asked(
    alice: Client, there: Endpoint, more: dict[str, Any], why: str
) -> None:
    talk = says(**more)
    assert why in notices(alice.post(f"/c/{talk.public_id}/machine", follow=True))
    assert there.asked == []


def test_on_x_once_an_owner_says_that_it_approved(alice: Client, there: Endpoint) -> None:
    choosing.choose(people.olga(), there.url, "small", "", x_approved=True)
    talk = says(channel="x")
    alice.post(f"/c/{talk.public_id}/machine")

    assert len(there.asked) == 1
    assert there.keys == [""]
    chosen = AuditLine.objects.filter(action="chose a machine for drafts").order_by("-id").first()
    assert chosen is not None
    assert chosen.detail["x_approved"] is True


@pytest.mark.parametrize(("status", "words"), [(429, "429 Rate limit reached"), (200, "without a")])
def test_without_a_draft_she_is_told_why(
    alice: Client, there: Endpoint, status: int, words: str
) -> None:
    there.status, there.words = status, None
    answer = alice.post(f"/c/{says().public_id}/machine", follow=True)

    assert words in notices(answer)
    assert "Write it yourself" in notices(answer)
    assert not Draft.objects.exclude(text="").exists()


def test_nobody_there(alice: Client, there: Endpoint) -> None:
    DraftingMachine.objects.update(url="http://127.0.0.1:1/v1")
    assert "cannot be reached" in notices(alice.post(f"/c/{says().public_id}/machine", follow=True))


def test_only_who_has_it(bob: Client, ann: Client, there: Endpoint) -> None:
    talk = says()
    answer = bob.post(f"/c/{talk.public_id}/machine", follow=True)
    assert "has this conversation" in notices(answer)
    assert ann.post(f"/c/{talk.public_id}/machine").status_code == 403
    assert there.asked == []


def test_the_key_is_sealed_and_goes_with_the_machine(olga: Client, there: Endpoint) -> None:
    row = DraftingMachine.objects.get(ended_at=None)
    assert KEY.encode() not in bytes(row.sealed)
    assert KEY not in source(olga.get("/drafting-machine"))
    for wrong in ({"url": "ftp://x"}, {"url": "https://[x"}, {"model": " "}, {"key": "\u20ac"}):
        given = {"url": there.url, "model": "small", "key": KEY} | wrong
        answer = olga.post("/drafting-machine/choose", given, follow=True)
        assert "Give" in notices(answer), wrong
    olga.post("/drafting-machine/end")
    row.refresh_from_db()
    assert bytes(row.sealed) == b""
    assert "Off: every word" in text(olga.get("/drafting-machine"))
