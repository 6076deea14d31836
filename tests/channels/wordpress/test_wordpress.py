"""WordPress beyond the contract: moderation, long pages, its user's rights, its publications."""

import json
from typing import Any

import pytest

from rejoinder.channels.contract import Hiding, Outgoing, Receipt, Refused, TroubleError
from rejoinder.channels.wordpress import channel, reading
from rejoinder.channels.wordpress.listening import FIELDS
from rejoinder.channels.wordpress.site import address
from rejoinder.plumbing import clock
from tests.channels.wordpress.fake import US
from tests.channels.wordpress.stage import FakeStage
from tests.contract.stage import answers


@pytest.fixture
def stage() -> FakeStage:
    return FakeStage()


@pytest.mark.parametrize(
    "typed",
    [
        "https://blog.example.com/news",
        "blog.example.com/news/",
        " https://blog.example.com/news/wp-admin/profile.php",
        "blog.example.com/news/wp-login.php?x=1",
        "https://blog.example.com/news/wp-json/",
    ],
)
def test_the_address_is_found_in_what_people_copy(typed: str) -> None:
    assert address(typed) == "https://blog.example.com/news"


def test_we_ask_for_nobody_s_address() -> None:
    assert "email" not in FIELDS
    assert "ip" not in FIELDS.split(",")


def test_one_that_waits_for_approval_is_heard_and_not_answered_over_its_head(
    stage: FakeStage,
) -> None:
    stage.opens()
    held = stage.site.comment("Tom", "is there an outage", status="hold")
    [post] = stage.hears(stage.named(held))
    assert not post.shown
    _, _, sent = stage.answers(post, "Yes.")
    assert isinstance(sent, Refused)
    assert "approval" in sent.words
    seen = Hiding(external_id=post.external_id, ref=post.ref, hidden=False)
    assert isinstance(stage.channel.hide(seen), Receipt)
    _, _, sent = stage.answers(post, "Yes.")
    assert isinstance(sent, Receipt)


@pytest.mark.parametrize("status", ["spam", "trash", ""])
def test_what_was_removed_is_gone_and_not_answered(stage: FakeStage, status: str) -> None:
    post = stage.is_asked()
    number = reading.number(post.external_id)
    if status:
        stage.site.comments[number]["status"] = status
    else:
        del stage.site.comments[number]
    stage.hears(post.external_id, kind="delete")
    _, _, sent = stage.answers(post, "Yes.")
    assert sent == Refused("This comment is not on the site any more.")


def test_a_slow_hour_asks_once_a_poll(stage: FakeStage) -> None:
    stage.is_asked()
    stage.listens()
    stage.site.asked.clear()
    for _ in range(60):
        stage.listens()
    assert len(stage.site.asked) == 60


def test_an_old_one_that_changes_is_noticed_in_turn(stage: FakeStage) -> None:
    stage.opens()
    said = [stage.says("tom", f"question {number}") for number in range(250)]
    stage.hears(*said)
    stage.edits(said[0], "question nought")
    stage.deletes(said[100])
    for _ in range(20):
        stage.listens()
    kinds = {post.external_id: post.kind for post in stage.posts_heard if post.kind != "post"}
    assert kinds == {said[0]: "edit", said[100]: "delete"}


def test_answers_larger_than_the_desk_takes_come_in_parts(stage: FakeStage) -> None:
    stage.opens()
    said = [stage.says("tom", f"{number} " + "x" * 1000) for number in range(120)]
    stage.site.largest = 60_000
    stage.hears(*said)
    for _ in range(12):
        assert stage.listens() == []


def test_one_removed_while_pages_are_read_hides_no_other(stage: FakeStage) -> None:
    stage.opens()
    said = [stage.says("tom", f"question {number}") for number in range(60)]
    usual = stage.line.call

    def moving(method: str, url: str, **more: Any) -> Any:
        answer = usual(method, url, **more)
        if more["query"].get("offset") == 0:
            stage.deletes(said[-1])
        return answer

    stage.line.call = moving  # type: ignore[method-assign]  # the site changes under our eyes
    with pytest.raises(TroubleError, match="removed while"):
        stage.listens()
    stage.hears(*said[:-1])


def test_a_root_nobody_heard_is_asked_for(stage: FakeStage) -> None:
    first = stage.site.comment("Tina", "what is it with phones")
    between = stage.site.comment("Tom", "ask them", parent=first)
    stage.opens()
    [post] = stage.hears(stage.named(stage.site.comment("Tina", "I do", parent=between)))
    assert (post.in_reply_to, post.root) == (stage.named(between), stage.named(first))


def test_our_own_by_another_client_is_heard_as_ours(stage: FakeStage) -> None:
    post = stage.is_asked()
    number = reading.number(post.external_id)
    ours = stage.site.comment("Desk", "By hand", parent=number, author=US)
    [heard] = stage.hears(stage.named(ours))
    assert heard.ours


def test_older_words_of_ours_are_no_receipt(stage: FakeStage) -> None:
    post = stage.is_asked()
    number = reading.number(post.external_id)
    ours = stage.site.comment("Desk", "Thanks!", parent=number, author=US)
    stage.site.comments[ours]["date_gmt"] = "2020-01-01T00:00:00"
    _, _, sent = stage.answers(post, "Thanks!")
    assert isinstance(sent, Refused)
    assert "Duplicate comment" in sent.words
    assert "’" in sent.words


def test_each_missing_right_is_a_finding_with_its_remedy(stage: FakeStage) -> None:
    stage.site.capabilities |= {"moderate_comments": False, "edit_others_posts": False}
    missing = [finding for finding in stage.channel.check() if not finding.ok]
    assert [(finding.serious, "Editor" in finding.remedy) for finding in missing] == [
        (True, True),
        (False, True),
    ]
    with pytest.raises(TroubleError, match="Make them an Editor") as caught:
        stage.opens()
    assert caught.value.permanent


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("rest_not_logged_in", "application password is wrong"),
        ("application_passwords_disabled", "switched off"),
        ("rest_no_route", "REST API is switched off"),
    ],
)
def test_what_the_site_refuses_is_explained(stage: FakeStage, code: str, words: str) -> None:
    body = json.dumps({"code": code, "message": "No."}).encode()
    stage.line.on_read(answers(401, body))
    [finding] = [finding for finding in stage.channel.check() if not finding.ok]
    assert words in finding.words


def test_a_site_is_updated_in_its_place_and_keeps_revisions(stage: FakeStage) -> None:
    _, _, first = stage.publishes("Back at noon.")
    assert isinstance(first, Receipt)
    _, _, second = stage.publishes("Back at two.", 2, before=first)
    assert isinstance(second, Receipt)
    assert second.external_id == first.external_id
    assert stage.site.revisions == 1
    [post] = stage.site.posts.values()
    assert post["content"]["raw"].startswith('<div lang="en">\n<p>Back at two.</p>')
    assert '<a href="https://desk.example.com/answers/outage">' in post["content"]["raw"]


def test_a_post_somebody_took_down_is_not_put_up_again(stage: FakeStage) -> None:
    _, _, first = stage.publishes("Back at noon.")
    assert isinstance(first, Receipt)
    [post] = stage.site.posts.values()
    post["status"] = "trash"
    _, _, second = stage.publishes("Back at two.", 2, before=first)
    assert second == Refused("The post is on the site, but not public there: trash.")


def test_who_may_not_pin_publishes_without(stage: FakeStage) -> None:
    stage.site.capabilities["edit_others_posts"] = False
    _, _, sent = stage.publishes("Back at noon.")
    assert isinstance(sent, Receipt)
    assert "keep it at the top" in sent.words
    assert [stands.pinned for stands in stage.stands()] == [False]


def test_a_later_number_that_is_not_pinned_unpins(stage: FakeStage) -> None:
    _, _, first = stage.publishes("Back at noon.")
    assert isinstance(first, Receipt)
    stage.publishes("All is well.", 2, before=first, pin=False)
    assert [stands.pinned for stands in stage.stands()] == [False]


def test_a_reply_to_nothing_is_refused(stage: FakeStage) -> None:
    outgoing = Outgoing(text="Hello", to="nonsense", root="nonsense", created_at=clock.now())
    assert isinstance(stage.channel.send(outgoing, ""), Refused)


def test_counting_is_by_the_bytes_that_are_stored() -> None:
    assert channel.count("a&b").used == 7
    assert channel.count("é").used == 2
    assert channel.count("\ud800").used == 1
    assert channel.count("x" * 70_000, reply=False).ok
