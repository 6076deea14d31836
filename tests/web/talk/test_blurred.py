"""Abuse on the pages: a word until it is asked for, and shown once it is corrected."""

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.listening.models import Conversation, Mention, Need, ReadWith
from tests.web import stage
from tests.web.pages import source

pytestmark = pytest.mark.usefixtures("monday")
INSULT = "you useless idiots"


def abuse() -> Conversation:
    return stage.says("Max", INSULT, need=Need.ABUSE)


def read_as(talk: Conversation, need: Need) -> None:
    Mention.objects.filter(conversation=talk).update(
        need=need, read_with=ReadWith.FAST, reading={"why": [["insult", INSULT]]}
    )


def test_the_queue_says_the_word_and_the_thread_opens_on_asking(alice: Client) -> None:
    talk = abuse()
    read_as(talk, Need.ABUSE)

    queue, page, found = (
        source(alice.get(at))
        for at in (
            "/",
            reverse("conversation", args=[talk.public_id]),
            reverse("search") + "?words=useless",
        )
    )

    assert INSULT not in queue
    assert "Abuse, 1 line" in queue
    assert "insults people: “…”" in queue
    for each in (page, found):
        before, _, inside = each.partition('<details class="said-text blurred"')
        assert INSULT not in before
        assert INSULT in inside.partition("</details>")[0]
        assert INSULT not in inside.partition("</details>")[2]
        assert "open" not in inside.partition(">")[0]


@pytest.mark.parametrize("need", [need for need in Need if need != Need.ABUSE])
def test_whatever_else_is_needed_is_shown(alice: Client, need: Need) -> None:
    talk = abuse()
    read_as(talk, need)

    assert INSULT in source(alice.get("/"))
    assert "blurred" not in source(alice.get(reverse("conversation", args=[talk.public_id])))
