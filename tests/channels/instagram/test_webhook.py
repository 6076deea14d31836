"""What Instagram delivers: believed when its signature fits its body, and it is fresh."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from rejoinder.channels.contract import Media, Post, Received
from rejoinder.channels.graph import webhook
from rejoinder.channels.instagram.reading import NOBODY
from rejoinder.plumbing import clock
from tests.channels.instagram.stage import VERIFY, InstagramStage, Running
from tests.contract.stage import answers
from tests.simulators.client import Simulator, running
from tests.simulators.graph.world import SECRET


@pytest.fixture(scope="module")
def there() -> Iterator[Simulator]:
    with running("instagram") as found:
        yield found


@pytest.fixture
def stage(there: Simulator) -> Iterator[InstagramStage]:
    found = Running(there)
    yield found.stage()
    found.network.close()


def _received(stage: InstagramStage, body: bytes, signature: str | None = None) -> Received:
    signed = signature or f"sha256={webhook.signature(SECRET, body)}"
    return stage.channel.receive("POST", {}, {webhook.SIGNATURE: signed}, body)


def _entry(stage: InstagramStage, *, old: timedelta = timedelta(), **more: Any) -> bytes:
    at = int((clock.now() - old).timestamp())
    entry = {"id": stage.account["id"], "time": at, **more}
    return json.dumps({"object": "instagram", "entry": [entry]}).encode()


def _changes(stage: InstagramStage, field: str, value: dict[str, Any], **more: Any) -> bytes:
    return _entry(stage, changes=[{"field": field, "value": value}], **more)


def _comment(stage: InstagramStage, field: str = "comments", **more: Any) -> bytes:
    value = {
        "id": "179",
        "text": "no signal",
        "from": {"id": "5", "username": "tom"},
        "media": {"id": stage.account["media"], "media_product_type": "FEED"},
    }
    return _changes(stage, field, value | more)


def _message(stage: InstagramStage, **more: Any) -> bytes:
    at = int(clock.now().timestamp() * 1000)
    about: dict[str, Any] = {"sender": {"id": "5"}, "recipient": {"id": stage.account["id"]}}
    return _entry(stage, messaging=[{**about, "timestamp": at, **more}])


def _posts(stage: InstagramStage, body: bytes) -> list[Post]:
    received = _received(stage, body)
    assert received.response.status == 200, received.response
    return list(received.posts)


def test_a_comment_is_heard_with_where_it_stands(stage: InstagramStage) -> None:
    [post] = _posts(stage, _comment(stage))
    assert (post.author_id, post.handle, post.text) == ("5", "tom", "no signal")
    assert (post.external_id, post.root, post.in_reply_to) == ("179", "179", None)
    assert post.url == f"https://www.instagram.com/p/{stage.account['media']}/"
    assert post.created_at is not None
    assert abs(clock.now() - post.created_at) < timedelta(minutes=1)


def test_a_reply_is_heard_in_its_thread(stage: InstagramStage) -> None:
    [post] = _posts(stage, _comment(stage, parent_id="178"))
    assert (post.root, post.in_reply_to, post.ref["top"]) == ("178", "178", "178")


def test_what_asking_and_a_delivery_bring_has_one_id(stage: InstagramStage) -> None:
    asked = stage.is_asked("no signal")
    who = {"id": asked.author_id, "username": asked.handle}
    told: dict[str, Any] = {"id": asked.external_id, "from": who, "text": asked.text}
    [delivered] = _posts(stage, _comment(stage, **told))
    for name in ("external_id", "author_id", "handle", "text", "root", "url", "ours"):
        assert getattr(delivered, name) == getattr(asked, name)


def test_a_comment_on_a_live_video_is_marked(stage: InstagramStage) -> None:
    [post] = _posts(stage, _comment(stage, "live_comments"))
    assert post.ref["live"]


def test_our_own_is_ours_and_nobody_s_is_nobody_s(stage: InstagramStage) -> None:
    us: dict[str, Any] = {"from": {"id": "1", "username": stage.brand}}
    nobody: dict[str, Any] = {"from": None, "media": None, "parent_id": None}
    [ours] = _posts(stage, _comment(stage, **us))
    [other] = _posts(stage, _comment(stage, **nobody))
    assert (ours.ours, other.ours) == (True, False)
    assert (other.author_id, other.handle) == ("unknown:179", NOBODY)


def test_a_comment_elsewhere_that_names_us_is_asked_for_and_answered(
    stage: InstagramStage,
) -> None:
    given = {"who": "tom", "text": f"ask @{stage.brand}", "below": "tina"}
    named = stage.there.control("mention", **given)
    [post] = _posts(stage, _changes(stage, "mentions", named))
    assert (post.external_id, post.text) == (named["comment_id"], f"ask @{stage.brand}")
    assert post.author_id == f"unknown:{named['comment_id']}"  # Instagram does not tell
    _, _, sent = stage.answers(post, "Here we are.")
    [kept] = stage.ours(post.external_id)
    assert kept.text == "Here we are."
    assert sent.observed


def test_a_caption_that_names_us_is_asked_for(stage: InstagramStage) -> None:
    named = stage.there.control("mention", who="tom", text=f"no signal, @{stage.brand}")
    [post] = _posts(stage, _changes(stage, "mentions", named))
    assert (post.external_id, post.handle) == (named["media_id"], "tom")
    assert post.media == (Media("image", f"https://cdn.example.com/{named['media_id']}.jpg"),)
    _, _, sent = stage.answers(post, "On it.")
    assert [kept.text for kept in stage.ours(post.external_id)] == ["On it."], sent


def test_a_mention_below_our_own_media_is_the_comment_itself(stage: InstagramStage) -> None:
    post = stage.is_asked(f"hey @{stage.brand}")
    named = {"media_id": stage.account["media"], "comment_id": post.external_id}
    [found] = _posts(stage, _changes(stage, "mentions", named))
    assert found == post


@pytest.mark.parametrize(
    "named",
    [
        {"media_id": "1", "comment_id": "2"},
        {"media_id": "1"},
        {"media_id": "1){id},owner{id", "comment_id": "2"},
        {"media_id": "1", "comment_id": "2){id}"},
        {},
    ],
)
def test_a_mention_that_is_gone_or_no_number_is_passed_over(
    stage: InstagramStage, named: dict[str, str]
) -> None:
    assert _posts(stage, _changes(stage, "mentions", named)) == []


def test_what_instagram_does_not_tell_now_it_delivers_again(stage: InstagramStage) -> None:
    named = stage.there.control("mention", who="tom", text=f"no signal, @{stage.brand}")
    stage.line.on_read(answers(500))
    received = _received(stage, _changes(stage, "mentions", named))
    assert (received.response.status, list(received.posts)) == (503, [])


def test_what_instagram_will_never_tell_does_not_hold_up_the_rest(stage: InstagramStage) -> None:
    off = b'{"error": {"message": "(#100) Comments are disabled", "code": 100}}'
    value = {"media_id": "1", "comment_id": "2"}
    comment = json.loads(_comment(stage))["entry"][0]["changes"]
    body = _entry(stage, changes=[{"field": "mentions", "value": value}, *comment])
    stage.line.on_read(*[answers(400, off)] * 3)
    [post] = _posts(stage, body)
    assert post.external_id == "179"


def test_a_comment_is_heard_though_its_link_is_not_told(stage: InstagramStage) -> None:
    stage.line.on_read(answers(500))
    [post] = _posts(stage, _comment(stage))
    assert post.url == f"https://www.instagram.com/{stage.brand}/"


def test_messages_are_heard_changed_and_taken_back(stage: InstagramStage) -> None:
    image = {"type": "image", "payload": {"url": "https://cdn.example.com/a.jpg"}}
    said = {"mid": "aWdf1", "text": "is it down?", "attachments": [image]}
    [post] = _posts(stage, _message(stage, message=said))
    assert (post.kind, post.public, post.root, post.author_id) == ("post", False, "with:5", "5")
    assert post.media == (Media("image", "https://cdn.example.com/a.jpg"),)
    edit = {"mid": "aWdf1", "text": "is it still down?", "num_edit": 1}
    [edited] = _posts(stage, _message(stage, message_edit=edit))
    assert (edited.kind, edited.external_id, edited.text) == ("edit", "aWdf1", edit["text"])
    taken = {"mid": "aWdf1", "is_deleted": True}
    assert _posts(stage, _message(stage, message=taken)) == [
        Post(external_id="aWdf1", kind="delete")
    ]


def test_what_we_wrote_there_ourselves_is_ours(stage: InstagramStage) -> None:
    us, tom = {"id": stage.account["id"]}, {"id": "5"}
    echo = {"mid": "aWdf2", "text": "Yes.", "is_echo": True}
    [post] = _posts(stage, _message(stage, message=echo, sender=us, recipient=tom))
    assert (post.ours, post.root) == (True, "with:5")


@pytest.mark.parametrize(
    ("signature", "status"), [("sha256=00", 403), ("é", 403), ("", 403), (None, 200)]
)
def test_nobody_is_asked_of_what_is_not_proved(
    stage: InstagramStage, signature: str | None, status: int
) -> None:
    before = stage.there.control("change", name=stage.brand)["calls"]
    received = _received(stage, _comment(stage), signature if signature != "" else "sha256=")
    asked = stage.there.control("change", name=stage.brand)["calls"] - before
    assert (received.response.status, len(received.posts)) == (status, int(status == 200))
    assert asked == (1 if status == 200 else 0)


def test_what_is_old_another_s_or_no_json_is_refused(stage: InstagramStage) -> None:
    old = _changes(stage, "comments", {"id": "179"}, old=timedelta(hours=37))
    other = _comment(stage).replace(stage.account["id"].encode(), b"1")
    page = _comment(stage).replace(b'"instagram"', b'"page"')
    for body, status in [(old, 409), (other, 404), (page, 404), (b"[" * 100_000, 400)]:
        received = _received(stage, body)
        assert (received.response.status, list(received.posts)) == (status, [])


def test_a_body_of_fifty_megabytes_is_weighed_by_its_signature_alone(
    stage: InstagramStage,
) -> None:
    received = _received(stage, b"x" * 50_000_000, "sha256=00")
    assert (received.response.status, list(received.posts)) == (403, [])


def test_copies_are_one_delivery(stage: InstagramStage) -> None:
    body = _comment(stage)
    one, other = _received(stage, body), _received(stage, body)
    assert one.delivery == other.delivery != ""


def test_the_challenge_is_answered_to_who_knows_the_words(stage: InstagramStage) -> None:
    given = {"hub.mode": "subscribe", "hub.challenge": "1158201444"}
    right = stage.channel.receive("GET", given | {"hub.verify_token": VERIFY}, {}, b"")
    wrong = stage.channel.receive("GET", given | {"hub.verify_token": "another"}, {}, b"")
    assert (right.response.status, right.response.body) == (200, b"1158201444")
    assert wrong.response.status == 403
