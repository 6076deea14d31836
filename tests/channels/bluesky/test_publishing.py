"""A publication on Bluesky: its card, its thread, and a pin that leaves the profile as it was."""

import json
from typing import Any

import pytest

from rejoinder.channels.contract import PUBLICATION, Receipt, Uncertain
from rejoinder.plumbing.answer import Answer
from tests.channels.bluesky.stage import FakeStage, Running
from tests.contract.stage import Trouble


@pytest.fixture
def stage() -> FakeStage:
    return Running().stage()


def published(
    stage: FakeStage, text: str, number: int = 1, before: Receipt | None = None
) -> Receipt:
    _, _, sent = stage.publishes(text, number, before=before)
    assert isinstance(sent, Receipt), sent
    return sent


def profile(stage: FakeStage) -> dict[str, Any]:
    found: dict[str, Any] = stage.bluesky.records[f"at://{stage.did}/app.bsky.actor.profile/self"]
    return found


def on_pin(stage: FakeStage, answer: Trouble) -> None:
    """What befalls the next call that pins."""
    usual = stage.line.call

    def call(method: str, url: str, **more: Any) -> Answer:
        if url.endswith("putRecord"):
            stage.line.call = usual  # type: ignore[method-assign]  # once
            return answer(lambda: usual(method, url, **more))
        return usual(method, url, **more)

    stage.line.call = call  # type: ignore[method-assign]  # until then


def says(status: int, error: str) -> Trouble:
    body = json.dumps({"error": error, "message": "No."}).encode()
    return lambda call: Answer(status, {}, body)


def test_its_page_is_a_card_that_takes_no_letters(stage: FakeStage) -> None:
    sent = published(stage, "x" * 300)
    record = stage.bluesky.posts[sent.external_id]["record"]
    assert record["embed"]["external"] == {
        "uri": "https://desk.example.com/answers/outage",
        "title": "Outage in Leeds",
        "description": "What we know.",
    }
    assert record["langs"] == ["en"]
    assert "reply" not in record


def test_each_later_one_stands_below_the_one_before_in_one_thread(stage: FakeStage) -> None:
    first = published(stage, "Back at noon.")
    second = published(stage, "Back at two.", 2, first)
    third = published(stage, "It is back.", 3, second)
    reply = stage.bluesky.posts[third.external_id]["record"]["reply"]
    assert reply["parent"] == {"uri": second.external_id, "cid": second.ref["cid"]}
    assert reply["root"] == {"uri": first.external_id, "cid": first.ref["cid"]}


def test_the_rest_of_the_profile_stays(stage: FakeStage) -> None:
    uri = f"at://{stage.did}/app.bsky.actor.profile/self"
    stage.bluesky.records[uri] = {"cid": "bafy1", "value": {"displayName": "Northwind"}}
    sent = published(stage, "Back at noon.")
    assert profile(stage)["value"]["displayName"] == "Northwind"
    assert profile(stage)["value"]["pinnedPost"]["uri"] == sent.external_id


@pytest.mark.parametrize(
    "trouble", [says(400, "InvalidSwap"), says(500, "Internal"), says(429, "")]
)
def test_a_pin_that_failed_is_made_again_without_a_second_post(
    stage: FakeStage, trouble: Trouble
) -> None:
    on_pin(stage, trouble)
    publication, key, sent = stage.publishes("Back at noon.")
    assert isinstance(sent, Uncertain)
    assert stage.channel.find_published(publication, key) is None
    assert isinstance(stage.channel.publish(publication, key), Receipt)
    assert [(found.text, found.pinned) for found in stage.stands()] == [("Back at noon.", True)]


def test_a_pin_that_is_refused_is_said_and_the_post_is_out(stage: FakeStage) -> None:
    on_pin(stage, says(400, "InvalidRequest"))
    _, _, sent = stage.publishes("Back at noon.")
    assert isinstance(sent, Receipt)
    assert "not pinned" in sent.words
    assert [(found.text, found.pinned) for found in stage.stands()] == [("Back at noon.", False)]


def test_a_publication_costs_its_record_and_its_pin(stage: FakeStage) -> None:
    assert {limit.costs[PUBLICATION] for limit in stage.channel.limits()} == {5}
