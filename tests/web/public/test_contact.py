"""Granny Smith writes on the contact page: kept first, one queue, answered on her page."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from rejoinder.channels import actions as channels
from rejoinder.channels.models import Account
from rejoinder.desk import actions as desk
from rejoinder.listening.hear import hand_in
from rejoinder.listening.intake import triage
from rejoinder.listening.models import Conversation, Mention, Need
from rejoinder.outbox.actions import undo_hold
from rejoinder.outbox.send import Sender
from rejoinder.plumbing import clock
from rejoinder.plumbing.log import FileLog, LogError
from rejoinder.privacy import contacts
from rejoinder.team.notify import mail
from rejoinder.web.public import contact, follow, gate
from tests import people
from tests.web import stage

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = "My phone has had no signal since Sunday"


@pytest.fixture(autouse=True)
def log(tmp_path: Path, monday: datetime, monkeypatch: pytest.MonkeyPatch) -> Iterator[FileLog]:
    kept = FileLog(tmp_path / "intake.sqlite3")
    monkeypatch.setattr(hand_in, "log", lambda: kept)
    contact.recent.forget()
    follow.looks.forget()
    yield kept
    kept.close()


@pytest.fixture
def account() -> Account:
    return channels.connect("webform", {}, witness=lambda _: None)


def token(page: str) -> str:
    return page.partition('name="token" value="')[2].partition('"')[0]


def sent(client: Client, **values: str) -> Any:
    """The form, read for a minute and sent."""
    given = token(client.get("/contact").content.decode())
    clock.turn(timedelta(minutes=1))
    return client.post("/contact", {"kind": "question", "text": WORDS, "token": given} | values)


def triaged(log: FileLog) -> None:
    while triage.run_once(log):
        pass


def test_without_somebody_who_keeps_it_up_there_is_no_page(client: Client) -> None:
    assert client.get("/contact").status_code == 404


def test_no_cookie_is_set_and_none_is_asked_for(account: Account, log: FileLog) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = sent(client)
    assert answer.status_code == 302
    assert not client.cookies
    assert client.get(answer.headers["Location"]).status_code == 200
    assert not client.cookies


def test_what_is_sent_is_kept_before_it_is_thanked_for(
    account: Account, client: Client, log: FileLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(frames: object) -> int:
        raise LogError("the disk is full")

    given = token(client.get("/contact").content.decode())
    clock.turn(timedelta(minutes=1))
    said = {"kind": "question", "text": WORDS, "token": given}
    with monkeypatch.context() as broken:
        broken.setattr(log, "append", full)
        answer = client.post("/contact", said)
    assert answer.status_code == 503
    assert WORDS in answer.content.decode()
    assert log.tail() == 0
    again = client.post("/contact", said | {"token": token(answer.content.decode())})
    assert again.status_code == 302
    assert log.tail() == 1


def test_the_whole_way_to_the_answer_on_her_page(
    account: Account, client: Client, log: FileLog
) -> None:
    answer = sent(client, name="Granny Smith", email="granny@example.com")
    where = answer.headers["Location"]
    assert "We have your message" in client.get(where).content.decode()
    triaged(log)
    talk = Conversation.objects.select_related("person").get()
    assert (talk.channel, talk.person.name) == ("webform", "Granny Smith")
    page = client.get(where.partition("?")[0]).content.decode()
    assert "You are next." in page
    assert WORDS not in page  # whoever has the reference reads our answer, not her words
    desk.take(talk, people.alice())
    assert "Somebody is reading" in client.get(where).content.decode()
    desk.answer(talk, people.alice(), "The mast is mended at noon. ^AK")
    with clock.standing(clock.now() + undo_hold()):
        assert Sender().run_once() == 1
    page = client.get(where).content.decode()
    assert "The mast is mended at noon." in page
    assert "We answered." in page


def test_her_address_is_sealed_and_opens_to_answer_her(
    account: Account, client: Client, log: FileLog
) -> None:
    sent(client, email="Granny@example.com", phone="07700 900123")
    triaged(log)
    mention = Mention.objects.select_related("person").get()
    rows = str(list(Mention.objects.values())) + str(mention.person.__dict__)
    assert "granny" not in rows.lower()
    assert "900123" not in rows
    for kind, value in (("email", "Granny@example.com"), ("phone", "07700 900123")):
        whose = contacts.Whose("webform", mention.person.external_id, kind)
        assert contacts.open_contact(whose, "care-reply", people.alice(), "x") == value


def test_pressing_twice_is_one_message(account: Account, client: Client, log: FileLog) -> None:
    given = token(client.get("/contact").content.decode())
    clock.turn(timedelta(minutes=1))
    said = {"kind": "question", "text": WORDS, "token": given}
    first, second = client.post("/contact", said), client.post("/contact", said)
    assert first.headers["Location"] == second.headers["Location"]
    triaged(log)
    assert Mention.objects.count() == 1


def test_a_word_more_waits_in_the_same_conversation(
    account: Account, client: Client, log: FileLog
) -> None:
    where = sent(client).headers["Location"].partition("?")[0]
    triaged(log)
    given = token(client.get(where).content.decode())
    clock.turn(timedelta(minutes=1))
    assert client.post(where, {"text": "And my alarm too", "token": given}).status_code == 302
    triaged(log)
    assert Conversation.objects.count() == 1
    assert Mention.objects.count() == 2


def test_she_hears_her_place_without_names(account: Account, client: Client, log: FileLog) -> None:
    for number in range(3):
        stage.says(f"Tom {number}", "no signal", minutes_ago=30, need=Need.SPECIFIC)
    where = sent(client).headers["Location"]
    triaged(log)
    Conversation.objects.filter(channel="webform").update(need=Need.SPECIFIC)
    for number in range(2):
        stage.says(f"Rosa {number}", "fall alarm", minutes_ago=-1, need=Need.URGENT)
    page = client.get(where).content.decode()
    assert "5 people are before you. 2 people in urgent need came later and go first." in page
    assert "Tom" not in page
    assert "Rosa" not in page


def test_a_reference_is_read_as_it_is_typed(account: Account, client: Client, log: FileLog) -> None:
    where = sent(client).headers["Location"].partition("?")[0]
    triaged(log)
    assert client.get(where.lower()).headers["Location"] == where
    assert client.get("/contact/K7TM-2Q9X-4BDN").status_code == 404
    assert client.get("/contact/%00%F0%9F").status_code in {400, 404}


def test_machines_are_kept_off_and_people_only_wait(account: Account, client: Client) -> None:
    page = client.get("/contact").content.decode()
    filled = {"kind": "question", "text": WORDS, "token": token(page)}
    trapped = client.post("/contact", filled | {"website": "https://spam.example"})
    assert trapped.status_code == 422
    quick = client.post("/contact", filled)
    assert quick.status_code == 200
    assert WORDS in quick.content.decode()
    held = filled | {"token": token(quick.content.decode())}
    assert client.post("/contact", held).status_code == 200
    clock.turn(timedelta(seconds=gate.FIRST_WAIT + 1))
    assert client.post("/contact", held).status_code == 302
    assert client.post("/contact", filled | {"token": "forged"}).status_code == 422


def test_many_from_one_network_wait_and_the_most_are_refused(
    account: Account, client: Client
) -> None:
    seen = []
    for _ in range(gate.FREE + 1):
        seen.append(sent(client).status_code)
        clock.turn(timedelta(seconds=1))
    assert seen == [302] * gate.FREE + [200]
    for _ in range(gate.MOST):
        contact.recent.came("127.0.0.1")
    assert sent(client).status_code == 429


def test_lost_references_go_to_the_address_and_the_page_tells_nothing(
    account: Account, client: Client, log: FileLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters: list[tuple[str, str]] = []
    monkeypatch.setattr(mail, "is_set_up", lambda: True)
    monkeypatch.setattr(follow, "_post", lambda to, subject, text: letters.append((to, text)))
    where = sent(client, email="granny@example.com").headers["Location"].partition("?")[0]
    triaged(log)
    known = client.post("/contact/lost", {"email": "GRANNY@example.com "})
    unknown = client.post("/contact/lost", {"email": "tom@example.com"})
    assert known.content == unknown.content
    [(to, text)] = letters
    assert to == "GRANNY@example.com"
    assert where in text


def test_the_page_speaks_german(account: Account, client: Client) -> None:
    for page in (
        client.get("/contact?in=de"),
        client.get("/contact", headers={"accept-language": "de-AT,de;q=0.9"}),
    ):
        assert '<html lang="de">' in page.content.decode()


@pytest.mark.parametrize("text", ["", " ", "x" * 5001])
def test_what_is_missing_or_too_long_is_said(account: Account, client: Client, text: str) -> None:
    assert sent(client, text=text).status_code == 422


@pytest.mark.parametrize(
    "text", ["\x00\x01 NUL", "\ud83d\ude00 👩‍👩‍👧", "<script>alert(1)</script>"]
)
def test_hostile_words_are_words(account: Account, client: Client, log: FileLog, text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    assert sent(client, text=text + WORDS).status_code in {302, 422}
    triaged(log)
