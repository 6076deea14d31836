"""The plan moves people to where there is room: to a private message, or to somebody's own hand."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.budget import actions as budget
from rejoinder.channels.contract import BY_HAND, PRIVATE, Can, Limit, Outgoing
from rejoinder.desk import actions as desk
from rejoinder.desk import privately
from rejoinder.desk.models import PlanSettings, PlanWay
from rejoinder.desk.plan import settings, ways
from rejoinder.desk.plan.keep_back import Planner
from rejoinder.listening.models import Conversation, Mention, Need
from tests import people, scene
from tests.web.pages import text

pytestmark = pytest.mark.django_db

POSTS = Limit(name="day", cap=4, window=86_400, costs={PRIVATE: 0})
LETTERS = Limit(name="messages", cap=2, window=86_400, unit="messages", cost=0, costs={PRIVATE: 1})
PURSE = Limit(
    name="purse", cap=1, window=86_400, unit="dollars", cost=0.5, costs={PRIVATE: 0, BY_HAND: 0}
)


@pytest.fixture(autouse=True)
def network(monday: datetime, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(scene.Notebook, "can", Can(private=True, reads_back=True))
    with scene.networks(POSTS, LETTERS):
        yield


def wrote(name: str, need: Need, minutes: float = 5) -> Conversation:
    talk = scene.wrote(name, "hello", need=need, ago=timedelta(minutes=minutes))
    Mention.objects.filter(pk=talk.last_mention_id or 0).update(need=need)
    return talk


def spend(many: int) -> None:
    for _ in range(many):
        kept = budget.reserve(scene.account(), None, None)
        assert kept
        budget.spend(kept.pk)


def advised() -> dict[str, str]:
    rows = PlanWay.objects.order_by("conversation__waiting_since")
    return dict(rows.values_list("conversation__person__name", "why"))


def test_whose_matter_is_their_own_is_moved_to_a_private_message_in_turn() -> None:
    spend(4)
    wrote("Vera", Need.VENT, 50)
    wrote("Carl", Need.COMMON, 50)
    wrote("Tim", Need.SPECIFIC, 30)
    first, second = wrote("Tina", Need.URGENT, 2), wrote("Tom", Need.SPECIFIC, 40)
    Planner().run()
    assert advised() == {"Tom": "private-has-room", "Tina": "private-has-room"}
    assert {
        talk.kept_back for talk in Conversation.objects.filter(pk__in=(first.pk, second.pk))
    } == {None}
    tim = Conversation.objects.get(person__name="Tim")
    assert tim.kept_back == "limit"  # messages have room for two


def test_room_for_a_private_reply_is_kept_and_the_public_one_left_alone(client: Client) -> None:
    client.force_login(people.alice())
    spend(4)
    talk = wrote("Tom", Need.SPECIFIC)
    Planner().run()
    page = text(client.get(reverse("inbox")))
    assert "Answer privately: a private message has room" in page
    assert "To be answered in another way" in text(client.get(reverse("plan")))
    desk.take(talk, people.alice())
    assert "a private message has room" in text(
        client.get(reverse("conversation", args=[talk.public_id]))
    )
    assert desk.start_reply(talk, people.alice()).until is None
    privately.choose(talk, people.alice(), private=True, text="")
    assert desk.start_reply(talk, people.alice()).until is not None


def test_where_posts_have_room_nobody_is_moved_and_old_advice_goes() -> None:
    spend(4)
    talk = wrote("Tom", Need.SPECIFIC)
    Planner().run()
    assert ways.advised([talk]) == {talk.pk: "private-has-room"}
    with scene.networks(Limit(name="other", cap=90, window=86_400, costs={PRIVATE: 0})):
        settings.change(people.dan(), PlanSettings(on=False))
        Planner().run()
    assert advised() == {}


def test_where_private_replies_take_the_same_room_nobody_is_moved() -> None:
    with scene.networks(Limit(name="day", cap=4, window=86_400)):
        spend(4)
        wrote("Tom", Need.SPECIFIC)
        Planner().run()
    assert advised() == {}


def test_who_wrote_in_private_is_answered_so_anyway() -> None:
    spend(4)
    talk = wrote("Tom", Need.SPECIFIC)
    Mention.objects.filter(pk=talk.last_mention_id or 0).update(public=False)
    Planner().run()
    assert advised() == {}


def test_whom_no_program_may_answer_is_left_to_a_hand_and_costs_no_money(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def by_hand(outgoing: Outgoing, settings: Mapping[str, str]) -> str:
        return "" if outgoing.ref.get("summoned") else "https://notebook.example.com/write"

    monkeypatch.setattr(scene.Notebook, "by_hand", staticmethod(by_hand))
    monkeypatch.setattr(scene.Notebook, "can", Can(reads_back=True, by_hand=True))
    with scene.networks(Limit(name="day", cap=9, window=86_400), PURSE):
        spend(2)  # and with it all money
        asked, spoke = wrote("Tom", Need.SPECIFIC), wrote("Tina", Need.SPECIFIC)
        Mention.objects.filter(pk=asked.last_mention_id or 0).update(ref={"summoned": True})
        Planner().run()
        assert advised() == {"Tina": "no-api"}
        kept = dict(Conversation.objects.values_list("person__name", "kept_back"))
        assert kept == {"Tom": "money", "Tina": None}
        assert desk.take_next(people.alice()) == spoke
