"""At nine in the evening nobody is at the desk: who writes privately is told when somebody is."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.channels.contract import Can, Outgoing, Sent
from rejoinder.desk import actions
from rejoinder.desk.acknowledging import run, settings
from rejoinder.desk.acknowledging.words import USUAL
from rejoinder.desk.refusals import CannotError
from rejoinder.listening.models import Conversation, Mention
from rejoinder.outbox import pause
from rejoinder.outbox.models import Acknowledgement, State
from rejoinder.outbox.send import Sender
from rejoinder.plumbing import clock
from rejoinder.team import access
from rejoinder.team.rota import opening
from tests import people, scene
from tests.web.pages import text

pytestmark = pytest.mark.django_db
EVENING = timedelta(hours=12)


@pytest.fixture
def told(monday: datetime, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Outgoing]]:
    """What the channel was given, on an evening after which the house opens at eight."""
    given: list[Outgoing] = []

    def send(self: scene.Notebook, outgoing: Outgoing, key: str) -> Sent:
        given.append(outgoing)
        return usual(self, outgoing, key)

    usual = scene.Notebook.send
    monkeypatch.setattr(scene.Notebook, "send", send)
    monkeypatch.setattr(scene.Notebook, "can", Can(private=True, reads_back=True))
    opening.set_hours(people.dan(), "Mon-Fri 8-18")
    settings.begin(people.dan(), USUAL)
    clock.turn(EVENING)
    with scene.networks():
        yield given


def whispered(name: str, words: str = "my bill is wrong", **values: object) -> Conversation:
    talk = scene.wrote(name, words)
    Mention.objects.filter(pk=scene.last(talk).pk).update(public=False, **values)
    return talk


def out() -> int:
    found = run.run()
    Sender(scene.opened).run_once()
    return found


def test_who_writes_privately_is_told_once_when_somebody_is_back(told: list[Outgoing]) -> None:
    talk = whispered("Tom")
    assert out() == 1
    assert "we are back on Tuesday 3 March at 08:00" in told[0].text
    assert (told[0].private, told[0].automatic) == (True, True)
    whispered("Tom", "hello?", conversation=talk)
    scene.wrote("Rosa", "no signal")  # in public
    assert out() == 0
    talk.refresh_from_db()
    assert talk.waiting_since is not None
    assert talk.answered_at is None
    assert Acknowledgement.objects.get().state == State.SENT


def test_each_in_the_language_they_write(told: list[Outgoing]) -> None:
    whispered("Uwe", "Meine Rechnung", language="de")
    assert out() == 1
    assert "wir sind am Dienstag, 3. März um 08:00 Uhr wieder da" in told[0].text


def test_a_machine_and_who_does_not_wait_is_told_nothing(told: list[Outgoing]) -> None:
    robot = whispered("Robot", "Out of office")
    Conversation.objects.filter(pk=robot.pk).update(waiting_since=None)
    assert out() == 0
    tom = whispered("Tom")
    # Triage shows no automatic answer as the last word of somebody who waits.
    Mention.objects.filter(pk=scene.last(robot).pk).update(conversation=tom, person=tom.person)
    assert out() == 1
    assert [row.mention_id for row in Acknowledgement.objects.all()] == [tom.last_mention_id]


def test_nothing_is_said_in_hours_nor_once_they_began(told: list[Outgoing]) -> None:
    clock.turn(timedelta(hours=11))
    whispered("Tom")
    assert out() == 0
    clock.turn(EVENING)
    late = whispered("Rosa")
    assert run.run() == 1
    clock.turn(EVENING)
    Sender(scene.opened).run_once()
    row = Acknowledgement.objects.get(conversation=late)
    assert (told, row.state) == ([], State.REFUSED)
    assert "Somebody was there again" in row.words


def test_the_brake_holds_it(told: list[Outgoing]) -> None:
    whispered("Tom")
    pause.pause(people.dan(), "a storm")
    assert out() == 1
    assert told == []


def test_what_a_person_answered_meanwhile_is_not_acknowledged(told: list[Outgoing]) -> None:
    talk = whispered("Tom")
    assert run.run() == 1
    actions.take(talk, people.alice())
    actions.close(talk, people.alice(), "answered by phone")
    Sender(scene.opened).run_once()
    assert told == []


def test_what_was_heard_before_it_began_stays_without(told: list[Outgoing]) -> None:
    settings.end(people.dan())
    whispered("Tom")
    assert out() == 0
    settings.begin(people.dan(), USUAL)
    assert out() == 0
    whispered("Rosa")
    assert out() == 1


def test_only_leads_say_so_and_only_with_the_hour(told: list[Outgoing]) -> None:
    for attempt in (
        lambda: settings.begin(people.alice(), USUAL),
        lambda: settings.end(people.alice()),
        lambda: opening.set_hours(people.alice(), "Mon 8-12"),
        lambda: opening.follow_rota(people.alice()),
    ):
        with pytest.raises(access.NotAllowedError):
            attempt()
    wrongs: list[tuple[dict[str, str], str]] = [
        ({}, "one language"),
        ({"en": "Bye"}, "back"),
        ({"en": "{back}" * 300}, "short"),
    ]
    for wrong, words in wrongs:
        with pytest.raises(CannotError, match=words):
            settings.begin(people.dan(), wrong)


def test_the_thread_shows_it(told: list[Outgoing]) -> None:
    talk = whispered("Tom")
    out()
    client = Client()
    client.force_login(
        people.alice(), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    page = text(client.get(reverse("conversation", args=[talk.public_id])))
    assert "automatic" in page
    assert "we are back on Tuesday 3 March at 08:00" in page
