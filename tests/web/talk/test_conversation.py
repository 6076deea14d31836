"""A conversation as the people at the desk open it, take it, hand it over and close it."""

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.desk import actions as desk
from rejoinder.listening.models import Conversation, Mention
from rejoinder.plumbing import clock
from tests import people
from tests.web import stage
from tests.web.pages import notices, source, text

pytestmark = pytest.mark.usefixtures("monday")


def at(talk: Conversation, name: str = "conversation") -> str:
    return reverse(name, args=[talk.public_id])


def test_the_whole_thread_stands_there_with_events_and_notes(alice: Client) -> None:
    talk = stage.says("Tom", "no signal", minutes_ago=30, thread="at://post")
    stage.says("Tina", "same here", minutes_ago=20, thread="at://post", tagged=False)
    desk.take(talk, people.bob())
    desk.note(talk, people.bob(), "mast 114 is down")
    desk.hand_over(talk, people.bob(), people.alice(), "you know masts")

    page = text(alice.get(at(talk)))

    for words in (
        "no signal",
        "same here",
        "Bob took it, 09:00.",
        "mast 114 is down",
        "Bob handed over to Alice, 09:00. “you know masts”",
        "not tagged",
    ):
        assert words in page


def test_alice_takes_and_bob_sees_it(alice: Client, bob: Client) -> None:
    talk = stage.says("Tom", "no signal")

    answer = alice.post(at(talk, "take"), follow=True)

    assert "you took it at 09:00" in text(answer)
    assert "Reply to Tom, public" in text(answer)
    page = text(bob.get(at(talk)))
    assert "Alice has this conversation." in page
    assert "Reply to Tom" not in page


def test_bob_who_is_a_moment_late_reads_who_was_quicker(bob: Client) -> None:
    talk = stage.says("Tom", "no signal")
    desk.take(talk, people.alice())

    answer = bob.post(at(talk, "take"), follow=True)

    assert "Alice has this conversation already." in notices(answer)


def test_dan_takes_over_with_a_reason_and_alice_may_not(alice: Client, dan: Client) -> None:
    talk = stage.says("Tom", "no signal")
    desk.take(talk, people.bob())

    refused = alice.post(at(talk, "take-over"), {"why": "mine"})
    without = dan.post(at(talk, "take-over"), {"why": " "}, follow=True)
    dan.post(at(talk, "take-over"), {"why": "Bob is at lunch"})

    assert refused.status_code == 403
    assert "Say why in a few words" in notices(without)
    talk.refresh_from_db()
    assert talk.holder == people.dan()


def test_alice_hands_over_to_bob_with_a_word(alice: Client, bob: Client) -> None:
    talk = stage.says("Tom", "no signal")
    desk.take(talk, people.alice())
    form = {"taker": str(people.bob().public_id), "note": "you know the alarm people"}

    alice.post(at(talk, "hand-over"), form)

    assert "Tom" in text(bob.get(reverse("mine")))
    assert "you know the alarm people" in text(bob.get(at(talk)))


@pytest.mark.parametrize("taker", ["", "x", "00000000-0000-7000-8000-000000000000"])
def test_handing_over_to_nobody_changes_nothing(alice: Client, taker: str) -> None:
    talk = stage.says("Tom", "no signal")
    desk.take(talk, people.alice())

    answer = alice.post(at(talk, "hand-over"), {"taker": taker}, follow=True)

    assert "Choose a colleague" in notices(answer)
    talk.refresh_from_db()
    assert talk.holder == people.alice()


def test_letting_go_gives_it_back_to_the_queue(alice: Client, bob: Client) -> None:
    talk = stage.says("Tom", "no signal")
    desk.take(talk, people.alice())

    answer = alice.post(at(talk, "let-go"))

    assert answer.headers["Location"] == "/"
    assert "Nobody yet" in text(bob.get("/"))


def test_closing_asks_why_and_leaves_the_queue(alice: Client) -> None:
    talk = stage.says("Tom", "thank you, all good now")
    desk.take(talk, people.alice())

    asked = alice.post(at(talk, "close"), {"why": ""}, follow=True)
    alice.post(at(talk, "close"), {"why": "Thanks or praise"})

    assert "Say why" in notices(asked)
    assert "Nobody is waiting." in text(alice.get("/"))
    assert "Alice closed it, 09:00: “Thanks or praise”" in text(alice.get(at(talk)))


def test_a_deleted_post_is_shown_as_deleted_and_its_words_are_gone(alice: Client) -> None:
    talk = stage.says("Tom", "my number is 07700 900123")
    Mention.objects.filter(conversation=talk).update(deleted_at=clock.now())

    for page in (alice.get(at(talk)), alice.get("/")):
        assert "07700" not in text(page)
    assert "deleted by its author, 09:00" in text(alice.get(at(talk)))


def test_an_edited_post_says_so(alice: Client) -> None:
    talk = stage.says("Tom", "no signal in Otley")
    Mention.objects.filter(conversation=talk).update(edited_at=clock.now())

    assert "edited by its author, 09:00" in text(alice.get(at(talk)))


def test_pictures_are_named_and_nothing_is_loaded_before_somebody_asks(alice: Client) -> None:
    media = [{"kind": "image", "url": "https://example.com/a.png", "alt": "SOS only"}]
    talk = stage.says("Rosa", "look", media=media)

    page = source(alice.get(at(talk)))

    assert "Picture: SOS only" in page
    assert page.count("<img") == 1
    assert f'<img class="said-picture" loading="lazy" src="{at(talk)}/picture/' in page
    assert 'src="https://example.com' not in page


def test_what_else_somebody_said_stands_beside_it(alice: Client) -> None:
    before = stage.says("Tom", "larger print on bills", minutes_ago=300, thread="at://old")
    desk.close(before, people.bob(), "done")
    talk = stage.says("Tom", "no signal")

    page = source(alice.get(at(talk)))

    assert at(before) in page
    assert "Closed" in page


def test_a_lead_finds_what_a_colleague_was_writing(dan: Client, bob: Client) -> None:
    talk = stage.says("Tom", "no signal")
    desk.take(talk, people.alice())
    desk.save_draft(talk, people.alice(), "We are looking at the mast")

    assert "We are looking at the mast" in text(dan.get(at(talk)))
    assert "We are looking at the mast" not in text(bob.get(at(talk)))


def test_an_unknown_conversation_is_a_page_that_says_so(alice: Client) -> None:
    answer = alice.get("/c/00000000-0000-7000-8000-000000000000")

    assert answer.status_code == 404
    assert "There is nothing here" in text(answer)
