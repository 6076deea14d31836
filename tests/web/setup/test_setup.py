"""Olga opens a new desk and is led through five steps, in any order."""

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.listening.models import Watch
from rejoinder.team.models import Advisor, AuditLine, Organisation
from rejoinder.team.rota import opening
from tests import people
from tests.web import stage
from tests.web.pages import source, text

pytestmark = pytest.mark.usefixtures("monday")
AT = "/setup"


@pytest.fixture
def house(olga: Client) -> Organisation:
    return Organisation.objects.create(pk=1, name="Northwind Mobile Ltd")


@pytest.mark.usefixtures("house")
def test_five_steps_and_the_desk_is_set_up(olga: Client) -> None:
    assert "1 of 5 steps is done" in text(olga.get(AT))
    assert "Set up" in text(olga.get("/"))
    olga.post(
        reverse("set-organisation"),
        {"name": " Northwind  Mobile ", "time_zone": "Europe/Berlin", "language": "de"},
    )
    row = Organisation.objects.get()
    assert (row.name, row.time_zone, row.language) == ("Northwind Mobile", "Europe/Berlin", "de")
    stage.account()
    invited = olga.post(
        reverse("invite-many"),
        {"people": "Alice Kay <alice.kay@example.com>\nBob, bob.b@example.com", "role": "trainee"},
    )
    assert source(invited).count("/sign-in/") == 2
    assert invited.headers["Cache-Control"].count("no-store") == 1
    assert Advisor.objects.filter(role="trainee").count() == 2
    assert "/sign-in/" not in source(olga.get(AT))
    olga.post(reverse("set-first-hours"), {"hours": "Mon-Fri 8-18", "place": "de-by"})
    assert opening.opening().is_kept
    page = source(olga.get(AT))
    assert "&quot;Northwind Mobile&quot; OR &quot;NorthwindMobile&quot;" in page
    olga.post(reverse("set-first-watch"), {"words": '"Northwind Mobile" OR northwind'})
    assert Watch.objects.get().name == "Northwind Mobile"
    assert "5 of 5 steps are done" in text(olga.get(AT))
    done = olga.post(reverse("finish-setup"), follow=True)
    assert "The desk is set up." in text(done)
    assert 'href="/setup"' not in source(olga.get("/"))
    olga.post(reverse("finish-setup"))
    assert AuditLine.objects.filter(action="finished setting up").count() == 1


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("set-organisation", {"name": " "}, "Write the name"),
        ("set-organisation", {"name": "N", "language": "xx"}, "one of the languages"),
        (
            "set-organisation",
            {"name": "N", "language": "de", "time_zone": "../../etc"},
            "one of the time zones",
        ),
        ("invite-many", {"people": "nobody here"}, "Nobody new is named"),
        ("set-first-hours", {"hours": "whenever"}, "whenever"),
        ("set-first-watch", {"words": "(signal"}, "signal"),
    ],
)
def test_what_cannot_be_is_said_where_it_stands_and_kept(
    olga: Client, name: str, given: dict[str, str], said: str
) -> None:
    answer = olga.post(reverse(name), given)
    assert answer.status_code == 422
    assert said in text(answer) or said in source(answer)
    assert Organisation.objects.get().name == "Northwind Mobile Ltd"
    assert not Watch.objects.exists()


@pytest.mark.usefixtures("house")
def test_who_is_in_the_team_already_is_told_and_the_others_are_invited(olga: Client) -> None:
    people.alice()
    answer = olga.post(
        reverse("invite-many"), {"people": "alice@example.com\ncarol@example.com", "role": "owner"}
    )
    assert source(answer).count("/sign-in/") == 1
    assert "Alice &lt;alice@example.com&gt;" in source(answer)
    assert Advisor.objects.get(email="carol@example.com").role == "advisor"


@pytest.mark.usefixtures("house")
def test_only_owners_are_led_through_it(olga: Client, dan: Client) -> None:
    assert 'href="/setup"' in source(olga.get("/"))
    assert 'href="/setup"' not in source(dan.get("/"))
