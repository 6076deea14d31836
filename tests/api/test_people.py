"""Inviting, roles and connections by a program: what is secret is told once, and kept nowhere."""

import pytest

from rejoinder.desk.models import OwnContact
from rejoinder.plumbing import clock
from rejoinder.team.models import Advisor, ApiCall, Hook, Organisation, Role
from tests import people
from tests.api.program import Program
from tests.web import stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


@pytest.fixture
def program(db: None) -> Program:
    return Program(people.olga())


def test_the_link_of_an_invitation_is_told_once(program: Program) -> None:
    asked = {"name": "Erin", "email": "erin@example.com", "role": "lead"}
    first = program.post("/team", asked, key="erin-0001")
    again = program.post("/team", asked, key="erin-0001")

    erin = Advisor.objects.get(email="erin@example.com")
    assert erin.role == Role.LEAD
    assert first.json()["id"] == again.json()["id"] == str(erin.public_id)
    assert "/sign-in/" in first.json()["link"]
    assert "link" not in again.json()
    assert first.headers["Cache-Control"] == "no-store"
    assert "sign-in" not in str(list(ApiCall.objects.values()))


def test_a_colleague_gets_another_role_leaves_and_comes_back(program: Program) -> None:
    bob = people.bob()
    at = f"/team/{bob.public_id}"

    program.post(f"{at}/role", {"role": "trainee"})
    bob.refresh_from_db()
    assert bob.role == Role.TRAINEE
    wrong = program.post(f"{at}/role", {"role": "king"})
    program.post(f"{at}/remove")
    bob.refresh_from_db()
    assert not bob.is_active
    back = program.post(f"{at}/bring-back").json()
    assert (wrong.status_code, "link" in back) == (409, True)


def test_the_house_gets_a_name_and_hours(program: Program) -> None:
    house = {"name": "Northwind", "time_zone": "Europe/London", "language": "en-gb"}
    named = program.post("/organisation", house)
    hours = program.post("/opening-hours", {"hours": "Mon-Fri 9-17", "place": "gb"})
    wrong = program.post("/opening-hours", {"hours": "when the sun shines"})
    held = program.post("/hold", {"seconds": 99})

    assert named.status_code == hours.status_code == 200
    assert Organisation.objects.get().name == "Northwind"
    assert wrong.status_code == 409
    assert held.json() == {"seconds": 30}


def test_secrets_of_systems_are_told_once(program: Program) -> None:
    OwnContact.objects.create(
        kind="domain", text="northwind.example", added_by=people.olga(), added_at=clock.now()
    )
    url = {"url": "https://id.northwind.example/check"}
    identity = program.post("/identity-system", url, key="id-000001").json()
    again = program.post("/identity-system", url, key="id-000001").json()
    hook = program.post("/webhooks", {"url": "https://hooks.example.com/x"}).json()
    away = program.post("/identity-system", {"url": "https://id.example.net/check"})

    assert identity["secret"]
    assert again == {"done": True}
    assert hook["secret"]
    assert away.status_code == 409
    kept = str(list(ApiCall.objects.values()))
    assert identity["secret"] not in kept
    assert hook["secret"] not in kept
    program.post(f"/webhooks/{hook['id']}/end")
    program.post("/identity-system/end")
    assert Hook.objects.get().ended_at is not None


def test_an_account_is_signed_and_disconnected(program: Program) -> None:
    account = stage.account()
    program.post(f"/accounts/{account.public_id}/cosign", {"signs": True})
    none = program.post(f"/accounts/{account.public_id}/limit", {"name": "none", "cap": 3})
    program.post(f"/accounts/{account.public_id}/disconnect")

    account.refresh_from_db()
    assert account.disconnected_at is not None
    assert none.status_code == 404
