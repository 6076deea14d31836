"""Olga looks after the team."""

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.desk import actions as desk
from rejoinder.team.models import Advisor, Role
from tests import people
from tests.web import stage
from tests.web.pages import notices, source, text


def link_on(page: str) -> str:
    return "/sign-in/" + page.partition("/sign-in/")[2].partition("<")[0]


def test_an_invitation_shows_its_link_once_and_lets_eve_in(olga: Client) -> None:
    form = {"name": "Eve", "email": "eve@example.com", "role": "advisor"}

    page = source(olga.post(reverse("invite"), form))
    eve = Client()
    link = link_on(page)

    assert "Good to see you, Eve" in text(eve.get(link))
    assert eve.post(link).status_code == 302
    assert eve.get("/").status_code == 200
    assert link not in source(olga.get(reverse("team")))


def test_the_same_address_twice_is_refused_beside_the_field(olga: Client) -> None:
    people.alice()
    form = {"name": "Alice", "email": "alice@example.com", "role": "advisor"}

    answer = olga.post(reverse("invite"), form)

    assert answer.status_code == 422
    assert "is in the team already" in text(answer)


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"name": "Eve", "email": "not an address", "role": "advisor"},
        {"name": "Eve", "email": "eve@example.com", "role": "king"},
        {"name": "x" * 200, "email": "eve@example.com", "role": "advisor"},
    ],
)
def test_a_bad_invitation_invites_nobody(olga: Client, form: dict[str, str]) -> None:
    assert olga.post(reverse("invite"), form).status_code == 422
    assert not Advisor.objects.filter(name="Eve").exists()


def test_a_role_is_changed(olga: Client) -> None:
    alice = people.alice()

    answer = olga.post(
        reverse("change-role", args=[alice.public_id]), {"role": "lead"}, follow=True
    )

    assert "Alice is now: Lead." in notices(answer)
    alice.refresh_from_db()
    assert alice.role == Role.LEAD


def test_the_last_owner_stays_owner(olga: Client) -> None:
    address = reverse("change-role", args=[people.olga().public_id])

    answer = olga.post(address, {"role": "advisor"}, follow=True)

    assert "Olga is the only owner." in notices(answer)


def test_bob_is_out_at_once_and_his_work_is_back_in_the_queue(olga: Client, bob: Client) -> None:
    talk = desk.take(stage.says("Tom", "no signal"), people.bob())
    assert bob.get("/").status_code == 200

    answer = olga.post(reverse("remove", args=[people.bob().public_id]), follow=True)

    assert "Bob is signed out everywhere." in notices(answer)
    assert bob.get("/").status_code == 302
    talk.refresh_from_db()
    assert talk.holder is None


def test_bob_comes_back_by_link(olga: Client) -> None:
    bob = people.bob()
    olga.post(reverse("remove", args=[bob.public_id]))

    page = source(olga.post(reverse("bring-back", args=[bob.public_id])))
    again = Client()
    again.post(link_on(page))

    assert again.get("/").status_code == 200


def test_a_new_link_for_somebody_removed_is_refused(olga: Client) -> None:
    charlie = people.charlie()

    answer = olga.post(reverse("new-link", args=[charlie.public_id]), follow=True)

    assert "was removed" in notices(answer)
