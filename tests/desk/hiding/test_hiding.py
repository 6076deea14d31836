"""Tom wrote his number below our post: others stop seeing it, he is answered, it can come back."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from rejoinder.budget.models import Spend
from rejoinder.channels.contract import HIDE, Limit, Post, Refused, Uncertain
from rejoinder.channels.models import Account
from rejoinder.desk.hiding import actions
from rejoinder.desk.hiding.actions import Asking
from rejoinder.desk.refusals import CannotError
from rejoinder.listening.models import Conversation, Mention, Need
from rejoinder.listening.store import store
from rejoinder.outbox.holding import Said
from rejoinder.outbox.models import Moderation, State
from rejoinder.outbox.reconcile import SETTLING, reconcile
from rejoinder.outbox.send import Sender
from rejoinder.plumbing import clock
from rejoinder.privacy.vault import Person
from rejoinder.team import access
from rejoinder.team.models import AuditLine
from tests import people, scene
from tests.listening import said

pytestmark = pytest.mark.django_db
Network = type[scene.Notebook]
NUMBER = Asking("exposing", "his phone number", 30, sure=False)


@pytest.fixture(autouse=True)
def network(monday: datetime) -> Iterator[Network]:
    with scene.networks(Limit(name="hour", cap=3, window=3600, costs={HIDE: 2})) as found:
        yield found


@pytest.fixture
def sender() -> Sender:
    return Sender(scene.opened)


@pytest.fixture
def post() -> Mention:
    talk = scene.wrote("Tom", "ring me on [••• phone number]")
    store().index([talk.last_mention_id or 0], ["ring me on [••• phone number]"])
    return Mention.objects.select_related("account", "person", "conversation").get(
        pk=scene.last(talk).pk
    )


def again(post: Mention) -> Mention:
    return Mention.objects.select_related("account", "conversation").get(pk=post.pk)


def test_others_do_not_see_it_and_he_still_waits(
    post: Mention, sender: Sender, network: Network
) -> None:
    actions.hide(post, people.alice(), NUMBER)
    assert not again(post).hidden
    assert sender.run_once() == 1
    assert network.veiled == {post.external_id}
    assert again(post).hidden
    talk = Conversation.objects.get()
    assert (talk.waiting_since, talk.holder) == (post.created_at, None)
    assert [row.mention_id for row in actions.listed(people.dan())] == [post.pk]
    done = AuditLine.objects.filter(what=str(talk.public_id)).values_list("action", flat=True)
    assert {"hides a post of", "hid a post of"} <= set(done)


def test_it_takes_of_the_allowance_what_its_kind_costs(post: Mention, sender: Sender) -> None:
    actions.hide(post, people.alice(), NUMBER)
    sender.run_once()
    spent = Spend.objects.latest("pk")
    assert spent.cost == 2_000_000
    actions.show(again(post), people.alice(), "it was a shop's")
    assert sender.run_once() == 0, "one of three is left, and it costs two"
    clock.turn(timedelta(hours=1, minutes=1))
    assert sender.run_once() == 1


def test_it_is_shown_again_and_off_the_list(
    post: Mention, sender: Sender, network: Network
) -> None:
    actions.hide(post, people.alice(), NUMBER)
    sender.run_once()
    with pytest.raises(CannotError):
        actions.show(again(post), people.bob(), " ")
    clock.turn(timedelta(hours=2))
    actions.show(again(post), people.bob(), "it was a shop's")
    sender.run_once()
    assert network.veiled == set()
    assert not again(post).hidden
    assert list(actions.listed(people.dan())) == []
    assert Moderation.objects.get(hides=True).ended_at == clock.now()


def test_what_a_moderator_holds_back_is_shown_without_a_reason(
    post: Mention, sender: Sender
) -> None:
    Mention.objects.update(hidden=True)
    actions.show(again(post), people.alice(), "")
    sender.run_once()
    assert not again(post).hidden


def test_refused_there_it_is_as_it_was_and_says_why(
    post: Mention, sender: Sender, network: Network
) -> None:
    network.says.append(Refused("Not allowed for this Page."))
    row = actions.hide(post, people.alice(), NUMBER)
    sender.run_once()
    row.refresh_from_db()
    assert (row.state, row.words) == (State.REFUSED, "Not allowed for this Page.")
    assert not again(post).hidden
    clock.turn(timedelta(hours=2))
    actions.hide(again(post), people.alice(), NUMBER)
    sender.run_once()
    assert again(post).hidden


def test_in_doubt_it_is_done_again(post: Mention, sender: Sender, network: Network) -> None:
    network.says.append(Uncertain("No answer in 30 seconds."))
    row = actions.hide(post, people.alice(), NUMBER)
    sender.run_once()
    clock.turn(timedelta(hours=1) + SETTLING)
    reconcile(scene.opened)
    sender.run_once()
    row.refresh_from_db()
    assert (row.state, row.attempts) == (State.SENT, 2)
    assert network.veiled == {post.external_id}


def test_what_its_author_took_back_meanwhile_is_left_alone(
    post: Mention, sender: Sender, network: Network
) -> None:
    row = actions.hide(post, people.alice(), NUMBER)
    said.hear(Post(external_id=post.external_id, kind="delete"), channel="notebook")
    sender.run_once()
    row.refresh_from_db()
    assert row.state == State.REFUSED
    assert network.veiled == set()
    with pytest.raises(CannotError, match="not there any more"):
        actions.hide(again(post), people.alice(), NUMBER)


def test_one_thing_at_a_time(post: Mention) -> None:
    actions.hide(post, people.alice(), NUMBER)
    with pytest.raises(CannotError, match="under way"):
        actions.hide(post, people.bob(), NUMBER)
    with pytest.raises(CannotError, match="under way"):
        actions.show(post, people.bob(), "no")
    assert Moderation.objects.count() == 1


def test_criticism_is_answered_and_only_leads_hide_the_rest() -> None:
    post = scene.last(scene.wrote("Tina", "worst network ever", need=Need.VENT))
    threats = Asking("threats", "she is angry", 30, sure=False)
    with pytest.raises(CannotError, match="A lead hides"):
        actions.hide(post, people.alice(), threats)
    with pytest.raises(CannotError, match="Criticism is answered"):
        actions.hide(post, people.dan(), threats)
    for who in (people.ann(), people.tess()):
        with pytest.raises(access.NotAllowedError):
            actions.hide(post, who, NUMBER)
    assert not Moderation.objects.exists()


def test_what_does_not_stand_on_a_page_of_ours_is_not_hidden(post: Mention) -> None:
    Mention.objects.update(public=False)
    with pytest.raises(CannotError, match="Report it there"):
        actions.hide(again(post), people.dan(), NUMBER)
    Mention.objects.update(public=True)
    Account.objects.update(disconnected_at=clock.now())
    with pytest.raises(CannotError, match="Report it there"):
        actions.show(again(post), people.dan(), "")


def test_another_hand_that_shows_it_takes_it_off_the_list(post: Mention, sender: Sender) -> None:
    actions.hide(post, people.alice(), NUMBER)
    sender.run_once()
    again_shown = Post(
        external_id=post.external_id, kind="edit", text=post.text, author_id="tom", shown=True
    )
    said.hear(again_shown, channel="notebook")
    found = again(post)
    assert (found.hidden, found.edited_at) == (False, None)
    assert list(actions.listed(people.dan())) == []


def test_it_is_looked_at_again(post: Mention, sender: Sender) -> None:
    row = actions.hide(post, people.alice(), NUMBER)
    sender.run_once()
    with pytest.raises(access.NotAllowedError):
        actions.review(row, people.alice(), 7)
    with pytest.raises(CannotError):
        actions.review(row, people.dan(), 8)
    clock.turn(timedelta(days=30))
    actions.review(row, people.dan(), 7)
    row.refresh_from_db()
    assert row.review_at == clock.now() + timedelta(days=7)


def test_why_is_masked_exported_and_erased(post: Mention) -> None:
    actions.hide(post, people.alice(), Asking("exposing", "it says 07700 900123", 7, sure=False))
    assert "900123" not in Moderation.objects.get().why
    tom = Person("notebook", "tom")
    assert "hidden post" in {each["kind"] for each in Said().export(tom)}
    Said().erase(tom)
    assert Moderation.objects.get().why == ""
