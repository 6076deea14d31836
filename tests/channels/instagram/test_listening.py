"""Hearing an account by asking: what comes, goes, is tagged, and how many calls it takes."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from rejoinder.channels.contract import Media
from rejoinder.channels.graph.session import Session
from rejoinder.channels.instagram.below import FREE, PAGE, REST, Seen, due
from rejoinder.channels.instagram.letting import INSTAGRAM
from rejoinder.channels.instagram.listening import LOOKS, Cursor, Known, Listening
from rejoinder.channels.instagram.reading import NOBODY, Us
from rejoinder.plumbing import clock
from tests.channels.instagram.stage import InstagramStage, Running
from tests.simulators.client import Simulator, running


@pytest.fixture(scope="module")
def there() -> Iterator[Simulator]:
    with running("instagram") as found:
        yield found


@pytest.fixture
def stage(there: Simulator) -> Iterator[InstagramStage]:
    found = Running(there)
    yield found.stage()
    found.network.close()


def _tag(stage: InstagramStage, text: str) -> str:
    return str(stage.there.control("tag", who="tom", to=stage.brand, text=text)["id"])


def _calls(stage: InstagramStage) -> int:
    return int(stage.there.control("change", name=stage.brand)["calls"])


def test_a_comment_that_its_author_takes_back_is_gone(stage: InstagramStage) -> None:
    post = stage.is_asked()
    stage.deletes(post.external_id)
    stage.hears(post.external_id, kind="delete")
    assert stage.listens() == []


def test_all_that_stood_below_it_goes_with_it(stage: InstagramStage) -> None:
    first = stage.is_asked().external_id
    replies = [stage.says("tina", f"me {n}", reply_to=first) for n in range(LOOKS + 5)]
    stage.hears(*replies)
    stage.deletes(first)
    stage.hears(first, *replies, kind="delete")


def test_what_is_kept_from_the_list_is_not_gone(stage: InstagramStage) -> None:
    post = stage.is_asked()
    stage.there.control("set", id=post.external_id, unlisted=True)
    stage.says("tina", "me too")
    assert [found.kind for found in stage.listens()] == ["post"]
    assert stage.listens() == []


def test_one_that_goes_as_another_comes_hides_neither(stage: InstagramStage) -> None:
    post = stage.is_asked()
    stage.deletes(post.external_id)
    later = stage.says("tina", "me too")
    stage.hears(later)
    stage.hears(post.external_id, kind="delete")


def test_a_quiet_round_is_three_calls(stage: InstagramStage) -> None:
    stage.is_asked()
    stage.listens()
    before = _calls(stage)
    stage.listens()
    assert _calls(stage) - before == 3


def test_once_an_hour_a_picture_is_read_again(stage: InstagramStage) -> None:
    stage.is_asked()
    stage.listens()
    before = _calls(stage)
    with clock.standing(clock.now() + timedelta(hours=1, minutes=1)):
        stage.listens()
    assert _calls(stage) - before == 4


@pytest.mark.parametrize(
    ("seen", "followed", "what"),
    [
        (None, False, "all"),
        (Seen("as now", "2026-03-02T09:00:00+0000"), True, ""),
        (Seen("as now", "2026-03-02T07:59:00+0000"), True, "all"),
        (Seen("as now", "2026-03-02T07:59:00+0000"), False, ""),
        (Seen("before", "2026-03-02T09:00:00+0000", FREE), True, "all"),
        (Seen("before", "2026-03-02T09:00:00+0000", FREE + 1), True, "newest"),
        (Seen("before", "2026-03-02T09:00:00+0000", FREE + 1, "as now"), True, ""),
        (Seen("before", "2026-03-02T08:58:20+0000", FREE + 10), True, "all"),
        (Seen("before", "no moment"), True, "all"),
    ],
)
def test_all_is_read_as_often_as_it_is_cheap(seen: Seen | None, followed: bool, what: str) -> None:
    now = datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert due(seen, "as now", now, followed=followed) == what


def test_a_long_thread_is_followed_at_its_end_while_it_rests(stage: InstagramStage) -> None:
    stage.opens()
    first = stage.says("tom", "who else")
    count = PAGE * (FREE + 1)
    crowd = stage.there.control("crowd", who="tina", reply_to=first, count=count)
    stage.hears(*crowd["ids"])
    before = _calls(stage)
    later = [stage.says("tom", "new"), stage.says("tina", "me too", reply_to=first)]
    posts = {post.external_id: post for post in stage.listens()}
    assert set(later) == set(posts)
    assert posts[later[1]].root == first
    assert _calls(stage) - before == 5  # with the list, the tags and the messages
    assert stage.listens() == []
    stage.deletes(first)
    stage.listens()
    with clock.standing(clock.now() + timedelta(seconds=REST * 4)):
        gone = [post for post in stage.listens() if post.kind == "delete"]
    assert len(gone) == count + 2
    assert _calls(stage) - before < 25


def test_whose_account_is_gone_is_somebody_of_their_own(stage: InstagramStage) -> None:
    stage.opens()
    said = [stage.says("tom", "no signal"), stage.says("tina", "me too")]
    for number in said:
        stage.there.control("set", id=number, nameless=True)
    posts = stage.hears(*said)
    assert {post.handle for post in posts} == {NOBODY}
    assert [post.author_id for post in posts] == [f"unknown:{number}" for number in said]


def test_a_picture_that_tags_us_is_heard_with_its_words(stage: InstagramStage) -> None:
    stage.opens()
    number = _tag(stage, f"no signal, @{stage.brand}")
    [post] = stage.hears(number)
    assert (post.handle, post.root, post.tagged) == ("tom", number, True)
    assert post.media == (Media("image", f"https://cdn.example.com/{number}.jpg"),)
    assert post.ref["caption"]
    stage.there.control("set", id=number, caption="it is back")
    [edited] = stage.hears(number, kind="edit")
    assert edited.text == "it is back"


def test_a_tag_that_is_gone_twice_is_gone(stage: InstagramStage) -> None:
    stage.opens()
    number = _tag(stage, "a day out")
    stage.hears(number)
    stage.deletes(number)
    assert [post.kind for post in [*stage.listens(), *stage.listens()]] == ["delete"]


def test_old_pictures_that_tag_us_are_the_past(stage: InstagramStage) -> None:
    for number in range(30):
        _tag(stage, f"day {number}")
    stage.opens()
    later = _tag(stage, "today")
    stage.hears(later)
    stage.deletes(later)
    stage.listens()
    stage.listens()
    assert {post.external_id for post in stage.posts_heard} == {later}


def test_a_message_with_a_picture_brings_it(stage: InstagramStage) -> None:
    stage.opens()
    picture = "https://cdn.example.com/mast.jpg"
    given = {"who": "tom", "to": stage.brand, "text": "see", "picture": picture}
    [post] = stage.hears(stage.there.control("whisper", **given)["id"])
    assert post.media == (Media("image", picture),)
    assert (post.handle, post.public) == ("tom", False)


def test_the_same_person_is_one_in_comments_and_messages(stage: InstagramStage) -> None:
    stage.opens()
    posts = stage.hears(stage.says("tom", "no signal"), stage.whispers("tom", "are you there"))
    assert len({post.author_id for post in posts}) == 1


def test_what_we_say_with_another_client_is_ours(stage: InstagramStage) -> None:
    post = stage.is_asked()
    stage.answers(post, "We are on it.")
    found = [heard for heard in stage.listens() if heard.ours]
    assert [(heard.text, heard.root) for heard in found] == [("We are on it.", post.external_id)]


def test_what_was_heard_longest_ago_is_followed_no_more_and_not_heard_again(
    stage: InstagramStage,
) -> None:
    us = Us(stage.account["id"], stage.brand)
    way = Session(stage.channel.connection, stage.line, INSTAGRAM)
    number = stage.says("tom", "no signal")
    known = {str(n): Known(f"2100-01-01T00:{n // 60:02}:{n % 60:02}+0000", "1") for n in range(9)}
    cursor = Cursor(since="2026-01-01T00:00:00+0000", floor="2099-01-01", known=known)
    heard = Listening(way, us, cursor).run(messages=False)
    assert number not in {post.external_id for post in heard.posts}
