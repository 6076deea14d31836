"""Films that a program puts to its colleague's draft."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from rejoinder.channels.bluesky import channel
from rejoinder.channels.contract import Can, FilmLimit
from rejoinder.desk import actions as desk
from rejoinder.listening.models import Conversation
from rejoinder.outbox.models import Picture
from rejoinder.plumbing import uploads
from tests import films, people
from tests.api.program import Program
from tests.web import stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
SHOWS = "A hand holds both buttons of a phone"


@pytest.fixture
def talk() -> Conversation:
    return desk.take(stage.says("Tom", "no signal in Leeds"), people.alice())


def form(data: bytes = b"", alt: str = SHOWS) -> dict[str, object]:
    return {"film": SimpleUploadedFile("film.mp4", data or films.film(), "video/mp4"), "alt": alt}


def test_a_film_is_put_said_in_words_and_taken_out(talk: Conversation) -> None:
    program = Program(people.alice())
    there = f"/conversations/{talk.public_id}"
    put = program.send(f"{there}/films", form(alt="")).json()
    assert (put["seconds"], put["width"], put["height"]) == (2, 160, 96)
    program.put(f"{there}/pictures/{put['id']}", {"alt": SHOWS})
    [listed] = program.get(f"{there}/pictures").json()
    assert (listed["id"], listed["alt"]) == (put["id"], SHOWS)
    assert films.shown(bytes(Picture.objects.get().data)) == films.shown(films.film())
    program.post(f"{there}/pictures/{put['id']}/remove")
    assert not Picture.objects.exists()


def test_the_same_key_puts_it_once_and_another_film_under_it_is_refused(
    talk: Conversation,
) -> None:
    program, key = Program(people.alice()), str(uuid4())
    at = f"/conversations/{talk.public_id}/films"
    assert program.send(at, form(), key=key).json() == program.send(at, form(), key=key).json()
    assert program.send(at, form(films.film(1)), key=key).status_code == 422
    assert Picture.objects.count() == 1


def test_what_cannot_leave_is_refused_with_words(
    talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit = FilmLimit(size=1_000_000, seconds=60)
    monkeypatch.setattr(channel, "can", Can(film=limit))
    program = Program(people.alice())
    at = f"/conversations/{talk.public_id}/films"
    for data, words in ((b"PK\x03\x04", "MP4 with H.264"), (bytes(1_000_001), "1 MB at most")):
        refused = program.send(at, form(data))
        assert refused.status_code == 409
        assert words in refused.json()["detail"]
    assert program.send(at, {"alt": SHOWS}).status_code == 422
    monkeypatch.setitem(uploads.MOST, "film", 3_000_000)
    passed_over = program.send(at, form(films.film() + bytes(5_000_000)))
    assert (passed_over.status_code, "1 MB at most" in passed_over.json()["detail"]) == (409, True)
    assert Program(people.bob()).send(at, form()).status_code == 409
    assert Program(people.ann()).send(at, form()).status_code == 403
    assert not Picture.objects.exists()
