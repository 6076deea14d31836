"""Calling a colleague in a note, and tags, from the pages."""

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.desk import tags
from rejoinder.desk.models import NoteCall
from tests import people
from tests.web import stage
from tests.web.pages import notices, source, text

pytestmark = pytest.mark.usefixtures("monday")


def test_bob_is_called_and_opens_it_from_his_list(alice: Client, bob: Client) -> None:
    tom = stage.says("Tom", "no signal")
    people.bob()

    alice.post(reverse("note", args=[tom.public_id]), {"text": "@bob mast 114 again?"})

    assert "For you 1" in text(bob.get("/"))
    assert "mast 114 again?" in text(bob.get(reverse("for-you")))
    opened = bob.post(reverse("see-call", args=[NoteCall.objects.get().pk]))
    assert opened.headers["Location"] == reverse("conversation", args=[tom.public_id])
    assert "For you 0" in text(bob.get("/"))
    assert "Nobody called you." in text(alice.get(reverse("for-you")))


def test_nobody_opens_what_is_for_another(alice: Client, bob: Client) -> None:
    tom = stage.says("Tom", "no signal")
    people.bob()
    alice.post(reverse("note", args=[tom.public_id]), {"text": "@bob?"})

    assert alice.post(reverse("see-call", args=[NoteCall.objects.get().pk])).status_code == 404


def test_a_lead_keeps_the_list_and_alice_uses_it(alice: Client, dan: Client) -> None:
    tom, _rosa = stage.says("Tom", "no signal"), stage.says("Rosa", "my bill")
    dan.post(reverse("keep-tag"), {"name": "Roaming"})
    tag = tags.listed().get()
    at = reverse("conversation", args=[tom.public_id])
    assert '<option value="Roaming">' in source(alice.get(at))

    alice.post(reverse("put-tag", args=[tom.public_id]), {"tag": "roaming"})

    assert "Roaming" in text(alice.get("/"))
    only = text(alice.get("/", {"tag": tag.pk}))
    assert "Tagged Roaming." in only
    assert ("Tom" in only, "Rosa" in only) == (True, False)
    found = text(alice.get(reverse("search"), {"words": "", "tag": str(tag.pk)}))
    assert "no signal" in found
    assert "1 conversation" in text(alice.get(reverse("tags")))
    alice.post(reverse("take-tag-away", args=[tom.public_id, tag.pk]))
    assert "Tagged" in text(alice.get("/", {"tag": tag.pk}))
    dan.post(reverse("rename-tag", args=[tag.pk]), {"name": "Abroad"})
    dan.post(reverse("remove-tag", args=[tag.pk]))
    assert "There is no tag yet." in text(dan.get(reverse("tags")))


def test_what_is_not_on_the_list_is_refused_in_a_sentence(alice: Client, dan: Client) -> None:
    tom = stage.says("Tom", "no signal")

    said = alice.post(reverse("put-tag", args=[tom.public_id]), {"tag": "x"}, follow=True)

    assert "not on the list" in notices(said)
    assert "needs a name" in notices(dan.post(reverse("keep-tag"), {"name": " "}, follow=True))
