"""Ann audits: she sees every opening and refusal, and of what people wrote or left nothing."""

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from rejoinder.desk import actions as desk
from rejoinder.privacy import contacts, originals
from rejoinder.privacy.contacts import Reach, Whose
from rejoinder.privacy.originals import Original
from rejoinder.privacy.vault import NotOpenedError
from rejoinder.team.access import NotAllowedError
from tests import people, scene
from tests.web.pages import source, text
from tests.web.test_access import PAGES

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday")]

# Of the person outside; each stands nowhere else.
CONTENT = ("quokkasandal", "Zyzzyva", "zyzzyva", "900867", "We mend it at noon")


def test_the_auditor_sees_the_ledger_and_no_content_on_any_page(ann: Client) -> None:
    talk = scene.wrote("Zyzzyva", "no quokkasandal, ring [••• phone number]", channel="bluesky")
    alice, mention = people.alice(), scene.last(talk)
    who = Whose("bluesky", talk.person.external_id, "phone")
    contacts.seal([Reach(*who, "07700 900867")])
    item = Original("bluesky", mention.external_id, "ring 07700 900867", talk.person.external_id)
    originals.seal([item])
    assert contacts.open_contact(who, "callback", alice, "asked to be called") == "07700 900867"
    with pytest.raises(NotOpenedError):
        contacts.open_contact(who, "marketing", alice, "spring offer")
    originals.open_original(mention, "care-reply", alice, "to answer")
    desk.take(talk, alice)
    desk.answer(talk, alice, "We mend it at noon. ^AK")

    ledger = text(ann.get("/openings"))
    assert "Alice opened: phone" in ledger
    assert "Alice was refused: phone" in ledger
    assert "asked to be called" in ledger
    assert "Alice opened: original" in ledger

    seen = 0
    for name in PAGES:
        try:
            page = ann.get(reverse(name), follow=True)
        except NoReverseMatch:
            continue
        seen += page.status_code == 200
        held = [
            word for word in CONTENT if page["Content-Type"][:4] == "text" and word in source(page)
        ]
        assert held == [], name
    assert seen >= 10  # audit, openings, incidents, periods, and what is her own
    for where in ("", "/take", "/reach", "/original"):
        assert ann.get(f"/c/{talk.public_id}{where}").status_code in {403, 404, 405}
    with pytest.raises(NotAllowedError):
        contacts.open_contact(who, "callback", people.ann(), "to look at it")
    assert "Ann was refused: phone" in text(ann.get("/openings"))
