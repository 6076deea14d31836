"""A post that is heard late brings together what belongs together."""

from itertools import permutations
from typing import Any

import pytest

from rejoinder.listening.models import Conversation, Mention
from tests.listening.said import conversation, hear, minutes_ago, post
from tests.people import alice, bob

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]

POSTS: dict[str, dict[str, Any]] = {
    "1": {},
    "2": {"author": "Tina", "in_reply_to": "1"},
    "3": {"in_reply_to": "2"},
    "4": {"author": "Brand", "in_reply_to": "3", "ours": True},
}


def heard(number: str) -> None:
    """This post of the four; the first is nine minutes old, the last six."""
    hear(post(number, created_at=minutes_ago(10 - int(number)), **POSTS[number]))


@pytest.mark.parametrize("order", list(permutations(POSTS)))
def test_any_order_gives_the_same_conversations(order: tuple[str, ...]) -> None:
    for number in order:
        heard(number)
    assert set(Mention.objects.values_list("thread", flat=True)) == {"1"}
    tom, tina = conversation("tom"), conversation("tina")
    assert (tom.waiting_since, tom.last_at) == (minutes_ago(9), minutes_ago(7))
    assert tom.last_mention_id == Mention.objects.get(external_id="3").pk
    assert tina.waiting_since == minutes_ago(8)
    of_tom = Mention.objects.filter(conversation=tom).values_list("external_id", flat=True)
    assert sorted(of_tom) == ["1", "3"]


def apart() -> tuple[Conversation, Conversation]:
    """Tom wrote twice; that both hang from one post is not known yet."""
    hear(
        post("2", created_at=minutes_ago(8), in_reply_to="1"), post("0", created_at=minutes_ago(9))
    )
    return Conversation.objects.get(thread="0"), Conversation.objects.get(thread="1")


def joined() -> None:
    hear(post("1", "Tina", created_at=minutes_ago(8.5), in_reply_to="0"))


def test_two_conversations_that_turn_out_to_be_one_are_joined() -> None:
    first, second = apart()
    joined()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.waiting_since, first.last_at) == (minutes_ago(9), minutes_ago(8))
    assert (second.waiting_since, second.joined_into) == (None, first)
    assert Mention.objects.filter(conversation=first).count() == 2


def test_the_one_that_alice_holds_goes_on() -> None:
    first, second = apart()
    Conversation.objects.filter(pk=second.pk).update(holder=alice())
    joined()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (second.thread, second.holder, second.waiting_since) == ("0", alice(), minutes_ago(9))
    assert (first.joined_into, first.waiting_since) == (second, None)


def test_of_two_that_are_held_the_thread_that_is_there_goes_on() -> None:
    first, second = apart()
    Conversation.objects.filter(pk=first.pk).update(holder=alice())
    Conversation.objects.filter(pk=second.pk).update(holder=bob())
    joined()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.holder, second.holder, second.joined_into) == (alice(), None, first)
