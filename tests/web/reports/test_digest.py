"""Erin of Network hears each Monday what is said, answers, and the advisors read it."""

import re
from collections.abc import Iterator
from datetime import timedelta
from email.message import Message

import pytest
from aiosmtpd.controller import Controller
from django.test import Client
from django.urls import reverse

from rejoinder.desk.experts import areas
from rejoinder.desk.models import BusinessArea, Expert
from rejoinder.listening.models import Question
from rejoinder.plumbing import clock
from rejoinder.reporting.digest.rules import OPEN
from rejoinder.reporting.digest.sending import Sender
from rejoinder.reporting.models import AreaWord, Digest, DigestTime
from rejoinder.team.models import AuditLine
from rejoinder.web.reports.digest_letter import letter
from tests import people
from tests.conftest import MONDAY
from tests.team.notify.test_calls import Post, uses
from tests.web import stage
from tests.web.conftest import Browse
from tests.web.pages import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]

DAY = 24 * 60
SENDER = Sender(letter)


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> Iterator[Post]:
    handler = Post()
    server = Controller(handler, hostname="127.0.0.1", port=handler.port)
    server.start()
    uses(monkeypatch, f"smtp://desk%40example.com@127.0.0.1:{handler.port}")
    yield handler
    server.stop()


@pytest.fixture
def dan(browse: Browse) -> Client:
    return browse(people.dan())


def network(language: str = "en-gb") -> tuple[BusinessArea, Expert]:
    area = areas.keep(people.dan(), "Network", ["outage"])
    erin = areas.add_expert(people.dan(), area, "Erin", "erin@example.com", language)
    now = clock.now()
    asked = Question.objects.create(name="When is 4G back?", first_at=now, last_at=now, people=9)
    for at in range(9):
        stage.says(
            f"Person {at}",
            f"no signal in Leeds since Sunday {at}, ring ••• me",
            minutes_ago=2 * DAY,
            intent="outage",
            sentiment="negative",
            question_id=asked.pk,
        )
    return area, erin


def choose(browser: Client, area: BusinessArea, expert: Expert, hour: int = 10) -> None:
    given = {"expert": expert.pk, "weekday": 0, "hour": hour}
    browser.post(reverse("choose-digest", args=[area.pk]), given)


def content(message: Message) -> str:
    return bytes(message.get_payload(decode=True)).decode()


def page_of(message: Message) -> str:
    found = re.search(r"/digest/\S+", content(message))
    assert found
    return found[0]


def sent(post: Post) -> str:
    """An hour later the e-mail has come; the address in it."""
    with clock.standing(MONDAY + timedelta(hours=1)):
        assert SENDER.run() == 1
    return page_of(post.came[-1])


def test_it_comes_at_the_hour_that_was_chosen_and_once(post: Post, dan: Client) -> None:
    area, erin = network()
    choose(dan, area, erin)
    assert "Erin hears its themes each week: Monday, 10:00." in text(dan.get("/areas"))
    assert SENDER.run() == 0
    sent(post)
    with clock.standing(MONDAY + timedelta(hours=2)):
        assert SENDER.run() == 0
    message = post.came[0]
    assert message["To"] == "erin@example.com"
    assert message["Subject"] == "What is said about Network"
    said = " ".join(content(message).split())
    assert "23 February to 1 March 2026: 9 mentions by 9 people" in said
    assert "- When is 4G back? (9)" in said
    assert "Leeds" not in said  # people's words stand on the page alone


def test_she_reads_it_and_what_she_answers_reaches_the_advisors(
    post: Post, dan: Client, browse: Browse
) -> None:
    area, erin = network()
    choose(dan, area, erin)
    page = sent(post)
    erins = Client()
    shown = text(erins.get(page))
    assert "What is said about Network" in shown
    assert "no signal in Leeds since Sunday" in shown
    asked = Question.objects.get()

    given = {"do": "say", "question": asked.pk, "text": "Fixed on Tuesday; ring 07700 900123."}
    shown = text(erins.post(page, given, follow=True))
    assert "When is 4G back? : Fixed on Tuesday; ring" in shown or "Fixed on Tuesday" in shown
    assert AreaWord.objects.get().text == "Fixed on Tuesday; ring [••• phone number]."
    assert AuditLine.objects.filter(action="an area answered its digest").exists()

    alice = browse(people.alice())
    assert "Network" in text(alice.get(f"/questions/{asked.pk}"))
    assert "Fixed on Tuesday" in text(alice.get(f"/questions/{asked.pk}"))
    talk = stage.says("Tom", "and now?", intent="outage", question_id=asked.pk)
    assert "Fixed on Tuesday" in text(alice.get(f"/c/{talk.public_id}"))
    bill = stage.says("Tina", "my bill", intent="billing")
    assert "Fixed on Tuesday" not in text(alice.get(f"/c/{bill.public_id}"))

    with clock.standing(MONDAY + OPEN + timedelta(hours=2)):
        assert "Fixed on Tuesday" not in text(alice.get(f"/questions/{asked.pk}"))


def test_what_she_says_of_everything_stands_beside_all_of_her_area(post: Post, dan: Client) -> None:
    area, erin = network()
    choose(dan, area, erin)
    Client().post(sent(post), {"do": "say", "text": "Masts are climbed all week."})
    talk = stage.says("Tom", "no signal", intent="outage")
    assert "Masts are climbed all week." in text(dan.get(f"/c/{talk.public_id}"))
    elsewhere = stage.says("Tina", "my bill", intent="billing")
    assert "Masts are climbed" not in text(dan.get(f"/c/{elsewhere.public_id}"))


def test_she_chooses_her_own_hour(post: Post, dan: Client) -> None:
    area, erin = network()
    choose(dan, area, erin)
    page = sent(post)
    Client().post(page, {"do": "time", "weekday": "4", "hour": "16"})
    row = DigestTime.objects.get()
    assert (row.weekday, row.hour, row.set_by) == (4, 16, None)
    for odd in ({"weekday": "9", "hour": "1"}, {"weekday": "x", "hour": "²"}, {}):
        assert Client().post(page, {"do": "time"} | odd).status_code == 409
    assert DigestTime.objects.get().weekday == 4


def test_a_page_that_ended_or_was_made_up_shows_nothing(post: Post, dan: Client) -> None:
    area, erin = network()
    choose(dan, area, erin)
    page = sent(post)
    assert Client().post(page, {"do": "say", "text": " "}).status_code == 409
    stranger = page[:-1] + ("a" if page[-1] != "a" else "b")
    assert Client().get(stranger).status_code == 404
    with clock.standing(MONDAY + OPEN + timedelta(hours=2)):
        gone = Client().get(page)
        assert gone.status_code == 410
        assert "Leeds" not in text(gone)
        assert Client().post(page, {"do": "say", "text": "late"}).status_code == 410
    areas.remove_expert(people.dan(), erin)
    assert Client().get(page).status_code == 410


def test_it_comes_in_her_language(post: Post, dan: Client) -> None:
    area, erin = network("de")
    choose(dan, area, erin)
    sent(post)
    assert "9 Erwähnungen von 9 Menschen" in " ".join(content(post.came[0]).split())


def test_a_server_that_is_away_is_tried_again(monkeypatch: pytest.MonkeyPatch, dan: Client) -> None:
    area, erin = network()
    choose(dan, area, erin)
    uses(monkeypatch, "smtp://127.0.0.1:1")
    with clock.standing(MONDAY + timedelta(hours=1)):
        assert SENDER.run() == 0
        row = Digest.objects.get()
        assert row.mail_due_at is not None
        assert row.mail_due_at > clock.now()
        assert "127.0.0.1" in row.words


def test_nobody_is_told_where_nobody_was_chosen_or_she_left(post: Post, dan: Client) -> None:
    area, erin = network()
    choose(dan, area, erin)
    dan.post(reverse("choose-digest", args=[area.pk]), {"expert": ""})
    with clock.standing(MONDAY + timedelta(hours=1)):
        assert SENDER.run() == 0
    choose(dan, area, erin, hour=11)
    areas.remove_expert(people.dan(), erin)
    with clock.standing(MONDAY + timedelta(hours=3)):
        assert SENDER.run() == 0
    assert post.came == []


def test_a_stranger_to_the_area_cannot_be_chosen(dan: Client) -> None:
    area, _erin = network()
    other = areas.keep(people.dan(), "Billing", ["billing"])
    fred = areas.add_expert(people.dan(), other, "Fred", "fred@example.com", "en-gb")
    choose(dan, area, fred)
    assert not DigestTime.objects.exists()
