"""Pictures of a draft: with words or not at all, back with the words, gone when erased."""

import io
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

import pytest
from PIL import Image

from rejoinder.channels.contract import Can, Outgoing, Refused
from rejoinder.desk import actions as desk
from rejoinder.desk import picturing
from rejoinder.desk.coaching import actions as coaching
from rejoinder.desk.refusals import CannotError, NotYoursError
from rejoinder.listening.intake import late
from rejoinder.listening.models import Conversation
from rejoinder.outbox import actions as outbox
from rejoinder.outbox.holding import Said
from rejoinder.outbox.models import Picture, Reply
from rejoinder.outbox.send import Sender
from rejoinder.plumbing import clock
from rejoinder.privacy.vault import Person
from rejoinder.team.access import NotAllowedError
from rejoinder.team.models import AuditLine
from tests import people, scanning, scene
from tests.films import film

pytestmark = pytest.mark.django_db
MAP = "A map of Leeds"
WORDS = "This is where."


@pytest.fixture(autouse=True)
def network(monday: datetime) -> Iterator[None]:
    with scene.networks():
        yield


@pytest.fixture
def talk() -> Conversation:
    return desk.take(scene.wrote("Tom", "no signal"), people.alice())


def file(kind: str = "PNG", size: tuple[int, int] = (40, 20)) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, "navy").save(written, kind)
    return written.getvalue()


def put(talk: Conversation, alt: str = MAP) -> Picture:
    return picturing.attach(talk, people.alice(), file(), alt)


def leaves(later: timedelta = timedelta(minutes=1)) -> None:
    with clock.standing(clock.now() + later):
        Sender(scene.opened).run_once()


def test_a_picture_leaves_with_the_reply_and_its_words(talk: Conversation) -> None:
    put(talk, "  A map \n of Leeds ")
    reply = desk.answer(talk, people.alice(), WORDS)
    assert not picturing.drafted(talk, people.alice())
    leaves()
    assert scene.Notebook.carried == [(MAP,)]
    reply.refresh_from_db()
    assert [row.alt for row in reply.pictures.all()] == [MAP]
    assert AuditLine.objects.filter(action="put a picture to the draft about").count() == 1


def test_none_leaves_without_words(talk: Conversation) -> None:
    row = put(talk, "")
    with pytest.raises(CannotError, match="Say in words"):
        desk.answer(talk, people.alice(), WORDS)
    assert not Reply.objects.exists()
    picturing.describe(row, MAP)
    desk.answer(talk, people.alice(), WORDS)


def test_what_is_taken_back_or_refused_is_in_the_draft_again(talk: Conversation) -> None:
    put(talk)
    outbox.withdraw(desk.answer(talk, people.alice(), WORDS), people.alice())
    assert [row.alt for row in picturing.drafted(talk, people.alice())] == [MAP]
    desk.answer(talk, people.alice(), WORDS)
    scene.Notebook.says.append(Refused("The picture was not taken."))
    leaves()
    assert [row.alt for row in picturing.drafted(talk, people.alice())] == [MAP]
    picturing.remove(picturing.drafted(talk, people.alice()).get(), people.alice())
    assert not Picture.objects.exists()


def test_pressing_send_twice_sends_them_once(talk: Conversation) -> None:
    put(talk)
    first = desk.answer(talk, people.alice(), WORDS)
    assert desk.answer(talk, people.alice(), WORDS) == first
    leaves()
    assert scene.Notebook.carried == [(MAP,)]


def test_no_more_than_the_channel_takes(
    talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(talk)
    put(talk, "A mast")
    with pytest.raises(CannotError, match="carries 2 pictures"):
        put(talk, "A van")
    can = Can(private=True, reads_back=True, pictures=2)
    monkeypatch.setattr(scene.Notebook, "can", can)
    with pytest.raises(CannotError, match="No picture can leave this way"):
        desk.answer(talk, people.alice(), WORDS, private=True)
    assert not Reply.objects.exists()


def test_none_goes_with_what_goes_by_hand(
    talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def by_hand(outgoing: Outgoing, settings: Mapping[str, str]) -> str:
        return "https://n.example/compose"

    monkeypatch.setattr(scene.Notebook, "by_hand", staticmethod(by_hand))
    put(talk)
    with pytest.raises(CannotError, match="goes by hand"):
        desk.answer(talk, people.alice(), WORDS)
    assert not Reply.objects.exists()
    assert picturing.drafted(talk, people.alice()).count() == 1


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no picture the desk can read"),
        (b"<svg onload=alert(1)>", "no picture the desk can read"),
        (file()[:60], "broken"),
        (b"\0" * 10_000_001, "larger than 10 MB"),
    ],
)
def test_what_is_no_picture_is_said(talk: Conversation, data: bytes, said: str) -> None:
    with pytest.raises(CannotError, match=said):
        picturing.attach(talk, people.alice(), data, MAP)
    assert not Picture.objects.exists()


def test_only_who_has_the_conversation_puts_one_in(talk: Conversation) -> None:
    with pytest.raises(NotYoursError):
        picturing.attach(talk, people.bob(), file(), MAP)
    with pytest.raises(NotAllowedError):
        picturing.attach(talk, people.ann(), file(), MAP)


def test_a_trainee_s_pictures_go_on_with_whoever_looks_at_the_draft() -> None:
    talk = desk.take(scene.wrote("Tina", "no signal"), people.tess())
    picturing.attach(talk, people.tess(), file(), MAP)
    coaching.take_up(coaching.ask(talk, people.tess(), WORDS), people.alice())
    desk.answer(Conversation.objects.get(pk=talk.pk), people.alice(), WORDS)
    leaves()
    assert scene.Notebook.carried == [(MAP,)]


def test_they_go_on_in_the_conversation_that_this_one_was_part_of() -> None:
    on = desk.take(scene.wrote("Tom", "no signal", thread="a"), people.bob())
    gone = desk.take(scene.wrote("Tom", "still none", thread="b"), people.alice())
    put(gone)
    late.join("notebook", {"b": "a"})
    assert picturing.drafted(on, people.alice()).count() == 1


def test_the_person_is_told_of_them_and_they_are_erased(talk: Conversation) -> None:
    put(talk)
    desk.answer(talk, people.alice(), WORDS)
    put(talk, "Not sent")
    tom = Person(talk.person.channel, talk.person.external_id)
    shown = [row["shows"] for row in Said().export(tom) if row["kind"] == "picture"]
    assert shown == [MAP]
    Said().erase(tom)
    assert not Picture.objects.exists()


def test_pictures_of_a_draft_nobody_writes_in_are_forgotten(talk: Conversation) -> None:
    put(talk)
    assert picturing.forget() == 0
    with clock.standing(clock.now() + timedelta(days=31)):
        desk.save_draft(talk, people.alice(), WORDS)
        assert picturing.forget() == 0
    with clock.standing(clock.now() + timedelta(days=62)):
        assert picturing.forget() == 1


def test_a_file_is_shown_to_the_scanner_before_anything_opens_it(talk: Conversation) -> None:
    with scanning.scanner() as (address, shown), scanning.at(address):
        put(talk)
        assert shown == [file()]
        with pytest.raises(CannotError, match="no picture"):
            picturing.attach(talk, people.alice(), b"#!/bin/sh", MAP)
        assert shown[1:] == [b"#!/bin/sh"]


@pytest.mark.parametrize(
    ("says", "why"), [(scanning.infected, "EICAR_HDB-1"), (lambda _: b"", "did not look at")]
)
def test_what_the_scanner_stops_is_not_kept(
    talk: Conversation, says: scanning.Says, why: str
) -> None:
    with scanning.scanner(says) as (address, _), scanning.at(address):
        with pytest.raises(CannotError, match=why):
            put(talk)
        with pytest.raises(CannotError, match=why):
            picturing.attach_film(talk, people.alice(), film(), MAP)
    assert not Picture.objects.exists()
