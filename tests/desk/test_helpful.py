"""Rosa answers Tom before we do: Alice tells Tom it is right, thanks Rosa, or puts it right."""

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.desk import actions, helpful
from rejoinder.desk.helpful import Way
from rejoinder.desk.refusals import AlreadyTakenError, CannotError
from rejoinder.listening.models import Conversation, Mention
from rejoinder.plumbing import clock
from tests import people
from tests.web import stage
from tests.web.pages import notices, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def helped(said: str = "Dial 1755 to set up voicemail") -> tuple[Conversation, Mention]:
    tom = stage.says("Tom", "how do I set up voicemail?", thread="at://one")
    rosa = stage.says("Rosa", said, thread="at://one")
    return tom, Mention.objects.select_related("person", "conversation").get(conversation=rosa)


def draft(talk: Conversation) -> str:
    kept = actions.draft(talk, people.alice())
    return kept.text if kept else ""


def test_what_is_right_is_told_to_who_asked() -> None:
    tom, rosa = helped()
    assert helpful.respond(tom, rosa, people.alice(), Way.CONFIRM) == tom
    assert draft(tom) == "Rosa is right: "


@pytest.mark.parametrize(
    ("way", "begins"), [(Way.THANK, "Thank you for helping, Rosa"), (Way.CORRECT, "Thank you")]
)
def test_thanks_and_what_is_different_go_to_who_helped(way: Way, begins: str) -> None:
    tom, rosa = helped()
    to = helpful.respond(tom, rosa, people.alice(), way)
    assert to == rosa.conversation
    assert draft(to).startswith(begins)
    assert draft(tom) == ""
    tom.refresh_from_db()
    assert tom.holder is None


def test_in_the_language_of_the_help() -> None:
    tom, rosa = helped("Wähle die 1755 und du richtest die Mailbox ein")
    helpful.respond(tom, rosa, people.alice(), Way.CONFIRM)
    assert draft(tom) == "Rosa hat recht: "


def test_ones_own_words_deleted_ones_and_other_threads_are_no_help() -> None:
    tom, rosa = helped()
    own = Mention.objects.get(conversation=tom)
    elsewhere = Mention.objects.get(conversation=stage.says("Ewan", "dial 1", thread="at://two"))
    Mention.objects.filter(pk=rosa.pk).update(deleted_at=clock.now())
    rosa.refresh_from_db()
    for mention in (own, elsewhere, rosa):
        with pytest.raises(CannotError, match="no help"):
            helpful.respond(tom, mention, people.alice(), Way.THANK)


def test_what_a_colleague_has_stays_theirs() -> None:
    tom, rosa = helped()
    actions.take(tom, people.bob())
    with pytest.raises(AlreadyTakenError):
        helpful.respond(tom, rosa, people.alice(), Way.CONFIRM)


def test_the_thread_offers_it_beside_what_others_say_alone() -> None:
    tom, rosa = helped()
    client = Client()
    client.force_login(
        people.alice(), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    page = text(client.get(reverse("conversation", args=[tom.public_id])))
    assert page.count("Do they help?") == 1
    at = reverse("respond-to-help", args=[tom.public_id, rosa.pk])
    answer = client.post(at, {"way": "thank"})
    assert rosa.conversation is not None
    assert answer.headers["Location"] == reverse("conversation", args=[rosa.conversation.public_id])
    assert "Choose what to say" in notices(client.post(at, {"way": "shout"}, follow=True))
