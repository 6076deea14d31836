"""Reasons for closing, and asking whether it worked."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.desk import actions as desk
from rejoinder.desk import reasons
from rejoinder.desk.asleep import wake
from rejoinder.desk.models import CloseReason, Snooze
from rejoinder.listening.models import Need
from rejoinder.outbox.models import Reply
from rejoinder.plumbing import clock
from rejoinder.team import access
from tests import people
from tests.web import stage
from tests.web.pages import notices, source, text

DAY = timedelta(days=1)


def test_it_comes_back_for_a_person_to_ask_and_nothing_leaves(
    alice: Client, monday: datetime
) -> None:
    tom = desk.take(stage.says("Tom", "no signal", need=Need.URGENT), people.alice())

    alice.post(reverse("close", args=[tom.public_id]), {"why": "Mast repaired", "ask": "3"})

    at = reverse("conversation", args=[tom.public_id])
    page = text(alice.get(at))
    assert "Closed; on 5 Mar, 09:00 somebody asks whether it worked" in page
    assert "Alice closed it, 09:00: “Mast repaired”" in page
    assert "Alice wants to know on 5 Mar, 09:00 whether it worked." in page
    assert "Nobody is waiting." in text(alice.get("/"))
    with clock.standing(monday + 3 * DAY):
        assert wake.run() == 1
        tom.refresh_from_db()
        assert (tom.waiting_since, tom.need) == (clock.now(), Need.COMMON)
        assert "Back: ask whether it worked" in text(alice.get("/"))
        assert not Reply.objects.exists()
        desk.close(tom, people.alice(), "It did")
        assert not Snooze.objects.filter(done_at=None).exists()


def test_who_writes_before_that_is_back_at_once(monday: datetime, db: None) -> None:
    tom = desk.take(stage.says("Tom", "no signal"), people.alice())
    desk.close(tom, people.alice(), "Done", monday + DAY)
    stage.says("Tom", "still nothing")
    assert wake.run() == 1
    assert Snooze.objects.get().back == "wrote"


@pytest.mark.parametrize("chosen", ["", "2", "x", "-1"])
def test_without_a_choice_it_stays_closed(alice: Client, monday: datetime, chosen: str) -> None:
    tom = stage.says("Tom", "no signal")

    alice.post(reverse("close", args=[tom.public_id]), {"why": "Done", "ask": chosen})

    assert not Snooze.objects.exists()


def test_leads_keep_the_list_and_the_form_offers_it(
    alice: Client, dan: Client, monday: datetime
) -> None:
    tom = stage.says("Tom", "no signal")
    at = reverse("conversation", args=[tom.public_id])
    assert '<option value="Spam">' in source(alice.get(at))
    for name in ("Repaired", " Repaired ", "Refunded"):
        dan.post(reverse("keep-close-reason"), {"name": name})
    page = source(alice.get(at))
    assert '<option value="Repaired">' in page
    assert '<option value="Spam">' not in page
    assert "Refunded" in text(alice.get(reverse("close-reasons")))
    assert "few words" in notices(dan.post(reverse("keep-close-reason"), follow=True))
    row = CloseReason.objects.get(name="Repaired")
    dan.post(reverse("remove-close-reason", args=[row.pk]))
    assert [each.name for each in reasons.listed()] == ["Refunded"]
    with pytest.raises(access.NotAllowedError):
        reasons.keep(people.alice(), "Mine")
    CloseReason.objects.bulk_create(
        CloseReason(name=str(n), made_by=people.dan(), made_at=monday) for n in range(19)
    )
    said = dan.post(reverse("keep-close-reason"), {"name": "One more"}, follow=True)
    assert "long enough" in notices(said)
