"""Edits and deletions upstream follow, even before their post, and nobody waits for nothing."""

from datetime import datetime, timedelta
from itertools import permutations

import pytest

from rejoinder.listening.models import Conversation, Early, Mention
from rejoinder.plumbing import clock
from tests.listening.said import conversation, delete, edit, hear, minutes_ago, post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def test_an_edit_changes_the_words_and_says_so(monday: datetime) -> None:
    hear(post("1"))
    clock.turn(timedelta(minutes=2))
    hear(edit("1", "no broadband"))
    mention = Mention.objects.get()
    assert (mention.text, mention.edited_at) == ("no broadband", clock.now())
    assert conversation().waiting_since == monday


def test_a_deletion_takes_the_content_and_ends_the_waiting() -> None:
    hear(post("1", url="https://pretend.example.com/1", ref={"cid": "a"}))
    hear(delete("1"))
    mention = Mention.objects.get()
    assert (mention.text, mention.url, mention.ref, mention.media) == ("", "", {}, [])
    assert mention.deleted_at == clock.now()
    assert conversation().waiting_since is None


def test_tom_takes_back_one_of_two_and_waits_for_the_other() -> None:
    hear(
        post("1", created_at=minutes_ago(9)), post("2", created_at=minutes_ago(4), in_reply_to="1")
    )
    hear(delete("1"))
    waits = conversation()
    assert waits.waiting_since == minutes_ago(4)
    assert waits.last_mention_id == Mention.objects.get(external_id="2").pk


def test_taking_back_the_new_word_leaves_the_answered_one_answered() -> None:
    hear(post("1", created_at=minutes_ago(60)))
    Conversation.objects.update(waiting_since=None)
    hear(post("2", created_at=minutes_ago(4), in_reply_to="1"))
    hear(delete("2"))
    assert conversation().waiting_since is None


@pytest.mark.parametrize("order", list(permutations([post, edit, delete])))
def test_a_deletion_wins_in_any_order(order: tuple[object, ...]) -> None:
    news = {post: post("1"), edit: edit("1", "no bars"), delete: delete("1")}
    for kind in order:
        hear(news[kind])  # type: ignore[index]  # the three functions name their news
    mention = Mention.objects.get()
    assert (mention.text, mention.deleted_at) == ("", clock.now())
    assert conversation().waiting_since is None
    assert not Early.objects.exists()


def test_an_edit_before_its_post_wins() -> None:
    hear(edit("1", "no bars"))
    hear(edit("1", "no bars at all"))
    assert (Mention.objects.count(), Early.objects.get().text) == (0, "no bars at all")
    hear(post("1", text="no signal"))
    mention = Mention.objects.get()
    assert (mention.text, mention.edited_at) == ("no bars at all", clock.now())
    assert not Early.objects.exists()


def test_an_edit_that_names_its_author_is_kept_as_a_mention() -> None:
    hear(post("1", kind="edit", text="@brand now you are meant"))
    assert Mention.objects.get().edited_at is not None
    assert conversation().waiting_since is not None


def test_what_was_deleted_is_not_edited_back() -> None:
    hear(post("1"))
    hear(delete("1"))
    hear(edit("1", "left over"))
    assert Mention.objects.get().text == ""


def test_news_of_who_sees_it_leaves_the_words_and_their_reading_as_they_are() -> None:
    hear(post("1", text="no signal", shown=False))
    kept = Mention.objects.get()
    assert kept.hidden
    hear(post("1", kind="edit", text="no signal", shown=True))
    seen = Mention.objects.get()
    assert (seen.hidden, seen.text, seen.edited_at) == (False, "no signal", None)
    assert (seen.need, seen.read_with) == (kept.need, kept.read_with)
    hear(post("1", kind="edit", text="no bars", shown=False))
    other = Mention.objects.get()
    assert (other.hidden, other.text, other.edited_at) == (True, "no bars", clock.now())
    hear(edit("1", "no bars at all"))
    untold = Mention.objects.get()
    assert (untold.hidden, untold.text) == (True, "no bars at all"), "nobody said who sees it now"
    hear(edit("1", "no bars at all"))
    assert Mention.objects.get().hidden
