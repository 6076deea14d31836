"""Films of a draft: alone, with words, as its channel takes them, and back with the words."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from rejoinder.channels.contract import Can, FilmLimit, Outgoing, Refused
from rejoinder.desk import actions as desk
from rejoinder.desk import filming, picturing
from rejoinder.desk.coaching import actions as coaching
from rejoinder.desk.refusals import CannotError, NotYoursError
from rejoinder.listening.models import Conversation
from rejoinder.outbox import actions as outbox
from rejoinder.outbox.holding import Said
from rejoinder.outbox.models import Picture, Reply, State
from rejoinder.outbox.reconcile import LEASE, SETTLING, reconcile
from rejoinder.outbox.send import Sender
from rejoinder.plumbing import clock
from rejoinder.privacy.vault import Person
from rejoinder.team.models import AuditLine
from tests import films, people, scene
from tests.desk.test_picturing import file

pytestmark = pytest.mark.django_db
SHOWS = "A hand holds both buttons of a phone"
WORDS = "This is how."


@pytest.fixture(autouse=True)
def network(monday: datetime) -> Iterator[None]:
    with scene.networks():
        yield


@pytest.fixture
def talk() -> Conversation:
    return desk.take(scene.wrote("Tom", "no signal"), people.alice())


def put(talk: Conversation, alt: str = SHOWS) -> Picture:
    return picturing.attach_film(talk, people.alice(), films.film(), alt)


def leaves() -> None:
    with clock.standing(clock.now() + timedelta(minutes=1)):
        Sender(scene.opened).run_once()


def can(monkeypatch: pytest.MonkeyPatch, limit: FilmLimit | None, *, private: bool = False) -> None:
    now = Can(private=True, reads_back=True, pictures=2, film=limit, private_film=private)
    monkeypatch.setattr(scene.Notebook, "can", now)


def test_a_film_leaves_whole_with_its_words_and_nothing_hidden(talk: Conversation) -> None:
    put(talk, "  A hand \n holds both buttons of a phone")
    desk.answer(talk, people.alice(), WORDS)
    leaves()
    [film] = scene.Notebook.filmed
    assert film is not None
    assert (film.alt, film.width, film.height, film.seconds) == (SHOWS, 160, 96, 2)
    assert films.shown(film.data) == films.shown(films.film())
    assert b"Alice" not in film.data
    assert scene.Notebook.carried == [()]
    assert AuditLine.objects.filter(action="put a film to the draft about").count() == 1


def test_none_leaves_without_words(talk: Conversation) -> None:
    row = put(talk, "")
    with pytest.raises(CannotError, match="Say in words what the film"):
        desk.answer(talk, people.alice(), WORDS)
    assert not Reply.objects.exists()
    picturing.describe(row, SHOWS)
    desk.answer(talk, people.alice(), WORDS)


def test_what_is_taken_back_or_refused_is_in_the_draft_again(talk: Conversation) -> None:
    put(talk)
    outbox.withdraw(desk.answer(talk, people.alice(), WORDS), people.alice())
    assert [row.alt for row in picturing.drafted(talk, people.alice())] == [SHOWS]
    desk.answer(talk, people.alice(), WORDS)
    scene.Notebook.says.append(Refused("The film was not taken."))
    leaves()
    picturing.remove(picturing.drafted(talk, people.alice()).get(), people.alice())
    assert not Picture.objects.exists()
    assert AuditLine.objects.filter(action="took a film out of the draft about").exists()


def test_a_film_leaves_alone(talk: Conversation) -> None:
    put(talk)
    with pytest.raises(CannotError, match="leaves alone"):
        put(talk)
    with pytest.raises(CannotError, match="leaves alone"):
        picturing.attach(talk, people.alice(), file(), "A map")
    picturing.remove(picturing.drafted(talk, people.alice()).get(), people.alice())
    picturing.attach(talk, people.alice(), file(), "A map")
    with pytest.raises(CannotError, match="leaves alone"):
        put(talk)


def test_two_drafts_that_became_one_leave_one_film(talk: Conversation) -> None:
    row = put(talk)
    Picture.objects.create(
        conversation=talk,
        advisor=people.alice(),
        data=bytes(row.data),
        width=1,
        height=1,
        seconds=1,
        alt=SHOWS,
        at=clock.now(),
    )
    with pytest.raises(CannotError, match="leaves alone"):
        desk.answer(talk, people.alice(), WORDS)
    assert not Reply.objects.exists()


def test_no_more_than_the_channel_takes(
    talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    can(monkeypatch, None)
    with pytest.raises(CannotError, match="No film can leave this way"):
        put(talk)
    can(monkeypatch, FilmLimit(size=20_000, seconds=60))
    with pytest.raises(CannotError, match="0 MB at most"):
        put(talk)
    can(monkeypatch, FilmLimit(size=9_000_000, seconds=1))
    with pytest.raises(CannotError, match="lasts 1 seconds at most"):
        put(talk)
    can(monkeypatch, FilmLimit(size=9_000_000, seconds=60))
    put(talk)
    with pytest.raises(CannotError, match="No film can leave this way"):
        desk.answer(talk, people.alice(), WORDS, private=True)
    can(monkeypatch, FilmLimit(size=20_000, seconds=60))
    with pytest.raises(CannotError, match="MB at most"):
        desk.answer(talk, people.alice(), WORDS)
    can(monkeypatch, FilmLimit(size=9_000_000, seconds=60), private=True)
    desk.answer(talk, people.alice(), WORDS, private=True)


def test_never_more_than_the_desk_takes(
    talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    can(monkeypatch, FilmLimit(size=10**12, seconds=10**6))
    assert filming.limit(talk, private=False) == FilmLimit(size=50_000_000, seconds=600)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no film that can leave"),
        (b"PK\x03\x04 film.mp4", "no film that can leave"),
        (films.film()[:-9], "broken"),
        (films.film(sounds=2), "more than one sound"),
        (films.film(video="libx265"), "H.264"),
        (bytes(1_000_001), "1 MB at most"),
    ],
)
def test_what_is_no_film_is_said(talk: Conversation, data: bytes, said: str) -> None:
    with pytest.raises(CannotError, match=said):
        picturing.attach_film(talk, people.alice(), data, SHOWS)
    assert not Picture.objects.exists()


@pytest.mark.parametrize("posted", [False, True], ids=["before it was posted", "after"])
def test_a_sender_killed_with_a_film_sends_it_once(
    talk: Conversation, monkeypatch: pytest.MonkeyPatch, *, posted: bool
) -> None:
    def die(channel: scene.Notebook, outgoing: Outgoing, key: str) -> None:
        if posted:
            sends(channel, outgoing, key)
        raise KeyboardInterrupt

    sends = scene.Notebook.send
    put(talk)
    reply = desk.answer(talk, people.alice(), WORDS)
    with clock.standing(clock.now() + timedelta(minutes=1)):
        with monkeypatch.context() as patched:
            patched.setattr(scene.Notebook, "send", die)
            with pytest.raises(KeyboardInterrupt):
                Sender(scene.opened).run_once()
        clock.turn(LEASE + timedelta(seconds=1))
        reconcile(scene.opened)
        clock.turn(SETTLING)
        Sender(scene.opened).run_once()
    reply.refresh_from_db()
    assert reply.state == State.SENT
    assert [film.alt for film in scene.Notebook.filmed if film] == [SHOWS]
    assert list(scene.Notebook.posted) == [reply.key]
    assert reply.pictures.get().alt == SHOWS


def test_only_who_has_the_conversation_puts_one_in(talk: Conversation) -> None:
    with pytest.raises(NotYoursError):
        picturing.attach_film(talk, people.bob(), films.film(), SHOWS)


def test_a_trainee_s_film_goes_on_with_whoever_looks_at_the_draft() -> None:
    talk = desk.take(scene.wrote("Tina", "no signal"), people.tess())
    picturing.attach_film(talk, people.tess(), films.film(), SHOWS)
    coaching.take_up(coaching.ask(talk, people.tess(), WORDS), people.alice())
    desk.answer(Conversation.objects.get(pk=talk.pk), people.alice(), WORDS)
    leaves()
    assert [film.alt for film in scene.Notebook.filmed if film] == [SHOWS]


def test_the_person_is_told_of_it_and_it_is_erased(talk: Conversation) -> None:
    put(talk)
    desk.answer(talk, people.alice(), WORDS)
    tom = Person(talk.person.channel, talk.person.external_id)
    assert [row["shows"] for row in Said().export(tom) if row["kind"] == "film"] == [SHOWS]
    Said().erase(tom)
    assert not Picture.objects.exists()
