"""The public answer of what somebody asks, offered in the reply box and inserted."""

import pytest
from django.test import Client

from rejoinder.desk import actions as desk
from tests import people
from tests.answers import newsroom
from tests.web import pages, stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def test_the_public_answer_of_what_is_asked_is_offered_and_inserted(alice: Client) -> None:
    named = newsroom.question()
    talk = stage.says("Tom", "no signal")
    talk.mention_set.update(question_id=named.pk)
    desk.take(talk, people.alice())
    assert "Insert the answer" not in pages.text(alice.get(f"/c/{talk.public_id}"))
    answer = newsroom.opened("No signal", named)
    newsroom.published(answer)

    page = pages.source(alice.get(f"/c/{talk.public_id}"))
    assert f'data-insert="{newsroom.SHORT}"' in page
    alice.post(f"/c/{talk.public_id}/draft", {"text": "Hello Tom."})
    alice.post(f"/c/{talk.public_id}/insert", {"what": "short"})
    alice.post(f"/c/{talk.public_id}/insert", {"what": "link"})

    draft = desk.draft(talk, people.alice())
    assert draft is not None
    assert draft.text.startswith(f"Hello Tom. {newsroom.SHORT} http")
    assert draft.text.endswith(f"/s/{answer.code}")


def test_nothing_is_inserted_where_nothing_is_public(alice: Client) -> None:
    talk = stage.says("Tom", "no signal")

    assert alice.post(f"/c/{talk.public_id}/insert", {"what": "short"}).status_code == 302
    assert desk.draft(talk, people.alice()) is None
