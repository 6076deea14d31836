"""Who else looks and types, as a page that is open reads it."""

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.desk import actions as desk
from rejoinder.desk.presence.here import HERE
from tests import people
from tests.web import stage
from tests.web.pages import source, text

pytestmark = pytest.mark.usefixtures("monday")


def test_saving_a_draft_is_typing_and_the_others_page_says_so(alice: Client, bob: Client) -> None:
    tom = desk.take(stage.says("Tom", "no signal"), people.alice())
    at, alone = reverse("conversation", args=[tom.public_id]), reverse("here", args=[tom.public_id])
    page = source(bob.get(at))
    assert f'data-stream="/live?at={tom.public_id}"' in page
    assert f'data-live="here:{tom.public_id}"' in page
    HERE.come(people.alice().pk, tom.public_id)
    try:
        HERE.write()
        assert text(bob.get(alone)) == "Alice is looking."
        alice.post(reverse("draft", args=[tom.public_id]), {"text": "Hello"})
        HERE.write()
        assert "Alice is typing." in text(bob.get(at))
        assert text(alice.get(alone)) == ""
    finally:
        HERE.clear()
        HERE.write()
    assert text(bob.get(alone)) == ""
