"""What people post becomes mentions and conversations that wait, each once."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rejoinder.channels.contract import Media
from rejoinder.channels.models import Account
from rejoinder.listening.models import Conversation, Mention, MinuteCount, Person
from rejoinder.plumbing import clock
from tests.listening.said import conversation, hear, minutes_ago, post
from tests.people import alice

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def test_tom_posts_and_waits_to_be_answered(monday: datetime) -> None:
    said_at = minutes_ago(3)
    plan = hear(
        post(
            "1",
            text="@brand no signal",
            created_at=said_at,
            url="https://pretend.example.com/1",
            language="en",
            media=(Media("image", "https://pretend.example.com/1.png", "two bars"),),
            ref={"cid": "abc"},
        )
    )
    assert (plan.heard, plan.kept) == (1, 1)
    mention = Mention.objects.get()
    tom = Person.objects.get()
    assert (tom.external_id, tom.handle, tom.name) == ("tom", "@tom", "Tom")
    assert mention.media[0]["alt"] == "two bars"
    assert mention.ref == {"cid": "abc"}
    assert (mention.created_at, mention.heard_at, mention.time_known) == (said_at, monday, True)
    waits = conversation()
    assert (waits.waiting_since, waits.opened_at, waits.last_at) == (said_at,) * 3
    assert (waits.last_mention_id, waits.reopened, waits.holder) == (mention.pk, False, None)
    assert mention.conversation == waits


def test_the_same_post_heard_again_changes_nothing() -> None:
    hear(post("1"), post("1", text="a copy in one batch"))
    plan = hear(post("1", text="a copy later"))
    assert (plan.heard, plan.kept) == (1, 0)
    assert Mention.objects.get().text == "@brand no signal"
    assert sum(MinuteCount.objects.values_list("mentions", flat=True)) == 1


def test_the_same_id_on_another_channel_is_another_post() -> None:
    hear(post("1"))
    hear(post("1"), channel="bluesky")
    assert Mention.objects.count() == Person.objects.count() == 2


def test_a_thread_is_one_conversation_for_each_person_in_it() -> None:
    hear(
        post("1", created_at=minutes_ago(9)),
        post("2", "Tina", "me too", created_at=minutes_ago(8), in_reply_to="1"),
        post("3", created_at=minutes_ago(7), in_reply_to="2", text="whole street"),
    )
    assert set(Mention.objects.values_list("thread", flat=True)) == {"1"}
    tom, tina = conversation("tom"), conversation("tina")
    assert tom.waiting_since == minutes_ago(9)
    assert tom.last_at == minutes_ago(7)
    assert tom.last_mention_id == Mention.objects.get(external_id="3").pk
    assert tina.waiting_since == minutes_ago(8)


def test_what_we_said_stands_in_the_thread_and_waits_for_nobody() -> None:
    hear(post("1"), post("2", "Brand", "on it", ours=True, in_reply_to="1"))
    ours = Mention.objects.get(external_id="2")
    assert (ours.thread, ours.conversation) == ("1", None)
    assert Conversation.objects.get().person.name == "Tom"
    assert conversation().waiting_since is not None, "not sent by the desk: it closes nothing"
    assert MinuteCount.objects.get().mentions == 1


def test_tom_writes_again_and_keeps_his_place() -> None:
    hear(post("1", created_at=minutes_ago(30)))
    hear(post("2", created_at=minutes_ago(1), in_reply_to="1"))
    hear(post("3", created_at=minutes_ago(9), in_reply_to="1", text="said earlier, heard later"))
    waits = conversation()
    assert (waits.waiting_since, waits.last_at) == (minutes_ago(30), minutes_ago(1))
    assert waits.last_mention_id == Mention.objects.get(external_id="2").pk
    assert not waits.reopened


def test_an_answered_conversation_opens_again_with_the_next_word() -> None:
    hear(post("1"))
    Conversation.objects.update(waiting_since=None)
    clock.turn(timedelta(hours=1))
    plan = hear(post("2", in_reply_to="1", text="still nothing"))
    waits = conversation()
    assert (waits.waiting_since, waits.reopened) == (clock.now(), True)
    assert plan.touched == [waits.pk]


def test_a_held_conversation_stays_with_alice() -> None:
    hear(post("1"))
    Conversation.objects.update(holder=alice())
    hear(post("2", in_reply_to="1"))
    assert conversation().holder == alice()


def test_tom_calls_himself_otherwise_now() -> None:
    hear(post("1"))
    hear(post("2", name="Tom (no signal)"))
    hear(post("3", name="", handle=""))
    assert Person.objects.get().name == "Tom (no signal)"


def test_how_many_follow_tom_is_kept_roughly_and_written_when_it_doubles() -> None:
    known = []
    for number, many in enumerate((None, 100, 110, None, 260, 0, -5)):
        hear(post(str(number), followers=many))
        known.append(Person.objects.get().followed)
    assert known == [None, 27, 27, 27, 32, 0, 0]
    hear(post("9", name="", handle="", followers=10**30))
    tom = Person.objects.get()
    assert (tom.handle, tom.followed) == ("@tom", 133)


def test_minutes_count_what_is_new_by_channel() -> None:
    hear(post("1"), post("2", tagged=False), post("3", created_at=minutes_ago(1)))
    hear(post("1"), post("4"))
    rows = MinuteCount.objects.order_by("minute").values_list("mentions", "untagged")
    assert list(rows) == [(1, 0), (3, 1)]


def test_the_account_that_hears_first_is_named_later_if_need_be() -> None:
    account = Account.objects.create(
        channel="pretend", external_id="brand", handle="@brand", connected_at=clock.now()
    )
    hear(post("1"))
    hear(post("2", in_reply_to="1"), account=account.pk)
    assert conversation().account == account


def test_text_is_kept_as_it_was_meant() -> None:
    foreign = "caf\u00e9 \U0001f468\u200d\U0001f469\u200d\U0001f467 \u0645\u0631\u062d\u0628\u0627"
    odd = f"{foreign} \\ \t | \"'<script>alert(1)</script>\nline"
    hear(post("1", text=odd), post("\\N", text="\\N"), post("a\\b"))
    assert Mention.objects.get(external_id="1").text == odd
    assert Mention.objects.get(external_id="\\N").text == "\\N"
    assert Mention.objects.filter(external_id="a\\b").exists()


def test_a_batch_takes_no_more_statements_for_being_long() -> None:
    with CaptureQueriesContext(connection) as one:
        hear(post("1"))
    with CaptureQueriesContext(connection) as many:
        hear(*(post(f"more {n}", f"Person {n}") for n in range(300)))
    assert len(many) <= len(one)
