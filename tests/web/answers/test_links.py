"""The page of our links, and those beside the reply box."""

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.answers.models import Link
from rejoinder.desk import actions as desk
from rejoinder.desk import ours
from rejoinder.desk.models import OwnContact
from tests import people
from tests.web import stage
from tests.web.conftest import Browse
from tests.web.pages import source, text

pytestmark = pytest.mark.usefixtures("monday")


def test_one_is_made_put_into_a_reply_counted_and_ended(alice: Client, browse: Browse) -> None:
    assert "First say which domains are yours." in text(alice.get("/links"))
    ours.add(people.dan(), OwnContact.Kind.DOMAIN, "northwind.example")
    alice.post("/links/make", {"name": "SIM", "url": "https://evil.example/"})
    assert "evil.example is none of the domains" in text(alice.get("/links"))
    alice.post("/links/make", {"name": "SIM", "url": "https://www.northwind.example/sim"})
    link = Link.objects.get()
    page = text(alice.get("/links"))
    assert f"/s/{link.code}" in page
    assert "https://www.northwind.example/sim" in page

    talk = desk.take(stage.says("Tom", "my SIM is broken"), people.alice())
    shown = source(alice.get(reverse("conversation", args=[talk.public_id])))
    assert f'value="link-{link.pk}"' in shown
    insert = reverse("insert-answer", args=[talk.public_id])
    for what in (f"link-{link.pk}", "link-999", "link-x", f"link-{'9' * 40}"):
        alice.post(insert, {"what": what})
    draft = desk.draft(talk, people.alice())
    assert draft
    assert draft.text.endswith(f"/s/{link.code}")
    assert draft.text.count("/s/") == 1

    browse(people.dan()).post(f"/links/{link.pk}/end")
    assert "No short link yet." in text(alice.get("/links"))
    assert "our-links" not in source(alice.get(reverse("conversation", args=[talk.public_id])))
