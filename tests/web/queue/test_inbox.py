"""The queue as Alice and Bob see it."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rejoinder.budget import actions as budget
from rejoinder.channels.contract import Limit
from rejoinder.channels.phone.phone import Phone
from rejoinder.desk import actions as desk
from rejoinder.listening.models import Conversation, Need
from rejoinder.plumbing import clock
from tests import people
from tests.web import stage
from tests.web.pages import notices, source, text

pytestmark = pytest.mark.usefixtures("monday")
QUERIES = 28  # of a page with one account; each further account costs three


def test_need_comes_first_then_age(alice: Client) -> None:
    stage.says("Colin", "nobody reads this", minutes_ago=90, need=Need.VENT)
    stage.says("Tina", "is 999 down", minutes_ago=2, need=Need.URGENT)
    stage.says("Tom", "fall alarm does not connect", minutes_ago=40, need=Need.URGENT)

    page = text(alice.get("/"))

    assert page.index("Tom") < page.index("Tina") < page.index("Colin")
    assert "Queue 3 waiting" in page


def test_a_row_says_who_where_what_how_long_and_who_is_on_it(alice: Client) -> None:
    desk.take(stage.says("Tom", "no signal here", minutes_ago=40, tagged=False), people.bob())

    page = text(alice.get("/"))

    for words in ("Tom", "tom.example", "Bluesky", "no signal here", "Not tagged", "40 min", "Bob"):
        assert words in page


def test_an_empty_queue_says_one_fact_and_one_next_step(alice: Client) -> None:
    page = text(alice.get("/"))

    assert "Nobody is waiting. New mentions are counted here as they are heard." in page


def test_take_next_gives_alice_and_bob_different_people(alice: Client, bob: Client) -> None:
    first, second = stage.says("Tom", "one", minutes_ago=9), stage.says("Tina", "two")

    opened = [client.post(reverse("take-next")).headers["Location"] for client in (alice, bob)]

    assert opened == [reverse("conversation", args=[each.public_id]) for each in (first, second)]


def test_take_next_says_when_nobody_is_left(alice: Client) -> None:
    answer = alice.post(reverse("take-next"), follow=True)

    assert "Nobody waits who is not taken already." in notices(answer)


def test_what_is_taken_stands_under_mine_and_under_taken_for_others(
    alice: Client, bob: Client
) -> None:
    desk.take(stage.says("Tom", "no signal"), people.alice())

    assert "Tom" in text(alice.get(reverse("mine")))
    assert "Tom" not in text(alice.get(reverse("taken")))
    assert "Tom" in text(bob.get(reverse("taken")))


def test_a_long_queue_is_read_page_by_page_and_nobody_is_missed(alice: Client) -> None:
    names = [f"Person {number:03}" for number in range(120)]
    for number, name in enumerate(names):
        stage.says(name, "no signal", minutes_ago=500 - number)

    seen, path = "", "/"
    while path:
        page = source(alice.get(path))
        seen += page
        after = page.partition('" rel="next"')[0].rpartition('href="')[2]
        path = after if after.startswith("?") else ""

    assert [name for name in names if seen.count(f"<bdi>{name}</bdi>") != 1] == []


def test_a_mistyped_page_key_shows_the_beginning(alice: Client) -> None:
    stage.says("Tom", "no signal")

    for key in ("x", "%00", "eyJ9", "W10="):
        assert "Tom" in text(alice.get(f"/?after={key}"))


def test_new_items_are_counted_not_inserted(alice: Client) -> None:
    stage.says("Tom", "no signal")
    page = source(alice.get("/"))
    mark = page.partition("?mark=")[2].partition('"')[0]
    stage.says("Tina", "is 999 down", need=Need.URGENT)
    stage.says("Ewan", "voicemail")

    strip = text(alice.get(reverse("new"), {"mark": mark}))

    assert "2 new , one urgent" in strip


def test_a_damaged_mark_counts_from_now(alice: Client) -> None:
    stage.says("Tom", "no signal")

    for mark in ("", "x", "-1", "9" * 40):
        assert alice.get(reverse("new"), {"mark": mark}).status_code == 200


def test_the_rail_counts_each_view_and_the_team(alice: Client) -> None:
    desk.take(stage.says("Tom", "one"), people.alice())
    stage.says("Tina", "two")

    page = text(alice.get("/"))

    assert "Queue 2 Mine 1 Taken by others 0" in page
    assert "Alice 1 open" in page


def test_the_foot_of_the_rail_names_a_channel_in_trouble(alice: Client) -> None:
    account = stage.account()
    account.trouble, account.trouble_at = "Bluesky did not answer for 30 s.", clock.now()
    account.save()

    assert "Bluesky is not heard since 09:00." in text(alice.get("/"))


def test_a_silent_channel_is_named_too(alice: Client, monday: datetime) -> None:
    stage.account()

    with clock.standing(monday + timedelta(minutes=30)):
        assert "Bluesky is not heard since 09:00." in text(alice.get("/"))


def test_a_limit_of_our_own_is_no_news_until_it_is_near(
    alice: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = (Limit(name="minute", cap=4, window=60, published=False),)
    monkeypatch.setattr(Phone, "limits", classmethod(lambda cls: few))
    phone = stage.account("the house", channel="phone")
    assert "4 of 4" not in text(alice.get("/"))
    for _ in range(3):
        assert budget.reserve(phone, people.alice(), clock.now() + timedelta(minutes=10))
    assert "1 of 4" in text(alice.get("/"))


def test_what_the_allowance_leaves_stands_in_the_top_bar(alice: Client) -> None:
    stage.account()

    assert "Bluesky: 1,666 of 1,666 in 1 h" in text(alice.get("/"))


def test_a_page_costs_the_same_for_one_row_and_for_fifty(alice: Client) -> None:
    stage.says("Tom", "no signal", minutes_ago=60)
    alice.get("/")
    with CaptureQueriesContext(connection) as one:
        alice.get("/")
    for number in range(60):
        stage.says(f"Person {number}", "no signal", minutes_ago=number)
    with CaptureQueriesContext(connection) as many:
        alice.get("/")

    assert len(many) == len(one)
    assert len(many) <= 38


def test_the_last_answer_is_told_when_nobody_waits(alice: Client) -> None:
    talk = stage.says("Tom", "no signal")
    talk.waiting_since = None
    talk.save()

    assert Conversation.objects.filter(waiting_since=None).count() == 1
    assert "Nobody is waiting." in text(alice.get("/"))


def test_the_page_costs_the_same_few_queries_however_many_wait(alice: Client) -> None:
    found = []
    for many in (2, 30):
        for number in range(many):
            stage.says(f"Tom {many} {number}", "no signal")
        alice.get(reverse("inbox"))  # fills what is kept between pages
        with CaptureQueriesContext(connection) as queries:
            alice.get(reverse("inbox"))
        found.append(len(queries))
    assert found[0] == found[1]
    assert found[1] <= QUERIES
