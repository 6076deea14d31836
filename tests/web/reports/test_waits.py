"""The page of waits: a sentence, a chart with its table, groups, files, and what is too few."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.test import Client

from rejoinder.desk.experts import areas
from rejoinder.desk.models import TurnChange
from rejoinder.listening.models import Need, Person
from rejoinder.plumbing import clock
from rejoinder.team.models import AuditLine
from rejoinder.web.reports.shown import percent, stretch
from tests import people
from tests.conftest import MONDAY
from tests.reporting.test_waits import answered
from tests.web import stage
from tests.web.conftest import Browse
from tests.web.pages import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice(browse: Browse) -> Client:
    return browse(people.alice())


def day() -> None:
    """Twelve people; eight had an answer after 100 minutes. One urgent person, too few to show."""
    for at in range(12):
        talk = stage.says(f"Person {at}", "no signal", minutes_ago=100 + at)
        if at % 3:
            answered(talk, minutes_ago=at)
    stage.says("Tina", "999 fails", minutes_ago=5, need=Need.URGENT)


def test_the_page_says_it_in_a_sentence_with_those_who_still_wait(alice: Client) -> None:
    day()
    page = text(alice.get("/reports"))
    assert "Half of 13 people had a first answer within 1 h 40 min." in page
    assert "100 % had none after an hour." in page
    assert "too few to show" in page
    assert "After Without an answer" in page


def test_of_people_who_wrote_just_now_nothing_is_said_after_an_hour(alice: Client) -> None:
    for at in range(6):
        stage.says(f"Person {at}", "no signal", minutes_ago=2)
    page = text(alice.get("/reports"))
    assert "Fewer than half of 6 people had an answer. The longest wait so far is 2 min." in page
    assert alice.get("/reports?as=json").json()["all"][0]["without_after_an_hour"] is None


def test_nobody_is_told_to_wait_for_people(alice: Client) -> None:
    page = text(alice.get("/reports"))
    assert "Nobody wrote in this time." in page
    assert "Too few people wrote in this time" in page


def test_whom_a_lead_had_answered_before_their_turn_is_told(alice: Client) -> None:
    assert "Out of turn" not in text(alice.get("/reports"))
    talk = stage.says("Tom", "no signal")
    TurnChange.objects.create(
        conversation=talk, lead=people.dan(), at=clock.now(), why="her line is an alarm"
    )

    page = text(alice.get("/reports"))
    assert "A lead had 1 person answered before their turn." in page
    assert "Dan her line is an alarm" in page
    assert alice.get("/reports?as=json").json()["out_of_turn"] == 1


def test_the_time_looked_at_is_chosen(alice: Client) -> None:
    with clock.standing(clock.now() - timedelta(days=9)):
        day()
    assert "Nobody wrote in this time." in text(alice.get("/reports?days=7"))
    assert "Half of 13 people" in text(alice.get("/reports?days=28"))
    assert "Nobody wrote in this time." in text(alice.get("/reports?days=<b>"))


def test_the_files_hold_the_same_and_suppress_the_same(alice: Client) -> None:
    day()
    plain = alice.get("/reports?as=json").json()
    assert plain["all"][0]["answered"] == 8
    assert [row["people"] for row in plain["need"]] == [None, 12]
    table = alice.get("/reports?as=csv")
    assert table["Content-Disposition"] == 'attachment; filename="waits.csv"'
    rows = list(csv.DictReader(StringIO(table.content.decode())))
    assert {row["by"] for row in rows} == {"all", "need", "channel", "hour"}
    assert [(row["by"], row["people"]) for row in rows if row["by"] != "hour"] == [
        ("all", "13"),
        ("need", ""),
        ("need", "12"),
        ("channel", "13"),
    ]


@pytest.mark.parametrize(
    ("seconds", "words"), [(8, "8 s"), (840, "14 min"), (5400, "1 h 30 min"), (7200, "2 h")]
)
def test_stretches_of_time(seconds: float, words: str) -> None:
    assert stretch(seconds) == words


def test_no_share_is_rounded_to_nobody_or_to_all() -> None:
    assert [percent(each) for each in (0, 0.004, 0.5, 0.999, 1)] == [
        "0 %",
        "under 1 %",
        "50 %",
        "over 99 %",
        "100 %",
    ]


def test_channels_are_compared_at_equal_need_and_it_is_said_what_that_covers(alice: Client) -> None:
    for at in range(20):
        answered(stage.says(f"Tom {at}", "no signal", minutes_ago=60 + at), minutes_ago=at)
        rang = stage.says(f"Ada {at}", "no signal", minutes_ago=200.5 + at, channel="phone")
        answered(rang, minutes_ago=at)

    page = text(alice.get("/reports"))

    assert "On Phone people waited 2 h 20 min longer than others in the same need" in page
    assert "On Bluesky people waited 2 h 20 min less than others" in page
    assert "This covers Bluesky, Phone, as this desk heard them." in page
    (bluesky, phone) = alice.get("/reports?as=json").json()["equal_need"]
    assert (round(bluesky["waited"]), round(phone["waited"])) == (3600, 12_030)
    assert phone["longer"] == pytest.approx(8430, abs=1)
    assert phone["low"] <= phone["longer"] <= phone["high"]


def test_people_are_compared_by_how_many_follow_them(alice: Client) -> None:
    with clock.standing(MONDAY):
        for at in range(25):
            talk = stage.says(f"Tom {at}", "no signal", minutes_ago=(20 if at >= 20 else 200) + at)
            Person.objects.filter(pk=talk.person_id).update(followed=at)
            answered(talk, minutes_ago=at)
        page = text(alice.get("/reports"))
        told = alice.get("/reports?as=json").json()

    assert "By followers, those of “most followers” waited 3 h less than others" in page
    assert "Known of people on Bluesky, roughly, and for this figure alone" in page
    fifths = told["equal_need_by_followers"]
    assert [each["fifth"] for each in fifths] == ["1", "2", "3", "4", "5"]
    assert fifths[4]["longer"] == pytest.approx(-180 * 60, abs=1)


def test_of_one_channel_nothing_is_compared(alice: Client) -> None:
    day()
    assert "Too few people in the same need came by different channels" in text(
        alice.get("/reports")
    )


def test_hours_and_areas_stand_side_by_side(alice: Client, browse: Browse) -> None:
    with clock.standing(MONDAY):
        areas.keep(people.dan(), "Billing", ["billing"])
        for at in range(6):
            stage.says(f"P{at}", "my bill", minutes_ago=70, intent="billing")
        stage.says("Tina", "no signal", minutes_ago=5)
        page = text(alice.get("/reports"))
        told = alice.get("/reports?as=json").json()

    assert "By hour of the day" in page
    assert "07–08" in page
    assert "In none of these have half of the people had an answer." in page
    assert [(each["label"], each["people"]) for each in told["area"]] == [
        ("Billing", 6),
        ("no area", None),
    ]
    assert {each["label"]: each["people"] for each in told["hour"]} == {"07–08": 6, "08–09": None}
    assert "advisor" not in told


def test_the_hours_that_are_far_apart_are_said(alice: Client) -> None:
    with clock.standing(MONDAY):
        for at in range(12):
            ago = 70 if at < 6 else 190
            answered(stage.says(f"P{at}", "my bill", minutes_ago=ago), ago - (10 if at < 6 else 40))
        page = text(alice.get("/reports"))
    words = "Longest: 05–06, half within 40 min. Shortest: 07–08, half within 10 min."
    assert words in page


def test_colleagues_are_compared_only_where_it_was_agreed(alice: Client, browse: Browse) -> None:
    with clock.standing(MONDAY):
        day()
        olga, dan = browse(people.olga()), browse(people.dan())
        assert "Colleagues are not compared." in text(olga.get("/reports"))
        assert "not compared" not in text(dan.get("/reports"))
        olga.post("/reports/compare", {"agreed": " "})
        assert "advisor" not in dan.get("/reports?as=json").json()
        olga.post("/reports/compare", {"agreed": "works council, 2 March"})
        [told] = dan.get("/reports?as=json").json()["advisor"]
        assert (told["label"], told["people"]) == ("Alice", 8)
        assert "By colleague who answered" in text(dan.get("/reports"))
        assert "advisor" not in alice.get("/reports?as=json").json()
        olga.post("/reports/compare", {"compare": "no"})
        assert "advisor" not in dan.get("/reports?as=json").json()
    lines = AuditLine.objects.filter(actor=people.olga()).order_by("pk")
    assert [(line.action, line.what) for line in lines] == [
        ("let reports compare colleagues", "works council, 2 March"),
        ("let reports compare colleagues no more", "organisation"),
    ]
