"""What every channel that publishes keeps: once, brought up to date in its place, and found."""

from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rejoinder.channels.contract import Receipt, Sent, TroubleError, TryLater, Uncertain
from tests.contract.stage import (
    Stage,
    Stands,
    Trouble,
    answers,
    garbage,
    half,
    lost,
    silent,
    unreachable,
)
from tests.contract.test_contract import TRICKS

FUZZ = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

pytestmark = pytest.mark.can("publish")


def texts(stage: Stage) -> list[str]:
    return [stands.text for stands in stage.stands()]


def test_it_stands_once_at_the_top_and_is_found(stage: Stage) -> None:
    publication, key, sent = stage.publishes("Leeds has no signal. We are on it.")
    assert isinstance(sent, Receipt), sent
    assert sent.url.startswith("http")
    assert sent.words == ""
    assert stage.stands() == [Stands("Leeds has no signal. We are on it.", pinned=True)]
    found = stage.channel.find_published(publication, key)
    assert found is not None
    assert found.external_id == sent.external_id


def test_what_is_not_to_be_pinned_is_not(stage: Stage) -> None:
    stage.publishes("Leeds has no signal.", pin=False)
    assert stage.stands() == [Stands("Leeds has no signal.", pinned=False)]


def test_the_same_key_twice_is_one_publication(stage: Stage) -> None:
    publication, key, first = stage.publishes("Only once.")
    assert isinstance(first, Receipt)
    again = stage.channel.publish(publication, key)
    assert isinstance(again, Receipt), again
    assert again.external_id == first.external_id
    assert texts(stage) == ["Only once."]


def test_what_changes_takes_the_place_of_what_was_said(stage: Stage) -> None:
    _, _, first = stage.publishes("Back at noon.")
    assert isinstance(first, Receipt)
    publication, key, second = stage.publishes("Back at two.", 2, before=first)
    assert isinstance(second, Receipt), second
    assert stage.stands() == [Stands("Back at two.", pinned=True)]
    assert stage.channel.find_published(publication, key) is not None
    _, _, third = stage.publishes("It is back.", 3, before=second)
    assert isinstance(third, Receipt)
    assert stage.stands() == [Stands("It is back.", pinned=True)]


def test_a_change_that_did_not_arrive_is_not_found(stage: Stage) -> None:
    _, _, first = stage.publishes("Back at noon.")
    assert isinstance(first, Receipt)
    stage.line.on_send(silent)
    publication, key, sent = stage.publishes("Back at two.", 2, before=first)
    assert isinstance(sent, Uncertain)
    assert stage.channel.find_published(publication, key) is None
    assert texts(stage) == ["Back at noon."]
    assert isinstance(stage.channel.publish(publication, key), Receipt)
    assert texts(stage) == ["Back at two."]


def test_two_publications_stand_beside_each_other(stage: Stage) -> None:
    stage.publishes("Leeds.", 1, pin=False)
    stage.publishes("Roaming.", 2, pin=False)
    assert sorted(texts(stage)) == ["Leeds.", "Roaming."]


@pytest.mark.parametrize("text", TRICKS)
def test_every_script_is_published_as_it_was_written(stage: Stage, text: str) -> None:
    publication, key, sent = stage.publishes(text)
    assert isinstance(sent, Receipt), sent
    assert [" ".join(found.split()) for found in texts(stage)] == [" ".join(text.split())]
    assert stage.channel.find_published(publication, key) is not None


@pytest.mark.parametrize("trouble", [lost, garbage, half])
def test_a_lost_answer_is_uncertain_and_made_once(stage: Stage, trouble: Trouble) -> None:
    stage.line.on_send(trouble)
    publication, key, sent = stage.publishes("Did that arrive?", pin=False)
    # A channel may look by itself; it may not call it refused or try later.
    assert isinstance(sent, Uncertain | Receipt)
    assert stage.channel.find_published(publication, key) is not None
    assert isinstance(stage.channel.publish(publication, key), Receipt)
    assert texts(stage) == ["Did that arrive?"]


@pytest.mark.parametrize("trouble", [silent, answers(500), answers(503), answers(200, b"")])
def test_what_did_not_arrive_is_uncertain_and_not_found(stage: Stage, trouble: Trouble) -> None:
    stage.line.on_send(trouble)
    publication, key, sent = stage.publishes("Did that arrive?")
    assert isinstance(sent, Uncertain)
    assert stage.channel.find_published(publication, key) is None
    assert stage.stands() == []


def test_it_waits_for_a_limit_and_for_the_way_out(stage: Stage) -> None:
    stage.line.on_send(answers(429, b"{}", retry_after="90"))
    _, _, sent = stage.publishes("Soon.")
    assert isinstance(sent, TryLater)
    assert (sent.limited, sent.after) == (True, 90)
    stage.line.on_send(unreachable)
    _, _, sent = stage.publishes("Soon.")
    assert isinstance(sent, TryLater)
    assert not sent.limited
    assert stage.stands() == []


def test_a_look_that_fails_says_so_too(stage: Stage) -> None:
    publication, key, _ = stage.publishes("Hello.")
    for trouble in (answers(500), unreachable, garbage):
        stage.line.on_read(trouble)
        with pytest.raises(TroubleError):
            stage.channel.find_published(publication, key)


@FUZZ
@given(
    status=st.integers(100, 599),
    body=st.one_of(st.binary(max_size=200), st.just(b'{"error": 7}'), st.just(b'{"id": null}')),
    after=st.text(max_size=10),
)
def test_no_answer_of_a_platform_breaks_a_publication(
    stage: Stage, status: int, body: bytes, after: str
) -> None:
    stage.line.on_send(*[answers(status, body, retry_after=after)] * 3)
    _, _, sent = stage.publishes("Hello.")
    stage.line.mends()
    assert isinstance(sent, get_args(Sent))
    if isinstance(sent, TryLater):
        assert sent.after >= 1
