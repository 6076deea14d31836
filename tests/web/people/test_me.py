"""Alice sets up what concerns herself."""

from django.test import Client
from django.urls import reverse

from rejoinder.team.models import Device
from tests import people
from tests.plumbing.browser import Receiver
from tests.web import stage
from tests.web.pages import notices, source, text

FORM = {
    "name": "Alice Kay",
    "initials": "",
    "time_zone": "Europe/Berlin",
    "language": "de",
    "theme": "dark",
    "keys_on": "on",
}


def test_language_theme_and_time_zone_hold_from_the_next_page_on(
    alice: Client, monday: object
) -> None:
    stage.account()

    answer = alice.post(reverse("me"), FORM, follow=True)
    page = source(alice.get("/"))

    assert "gespeichert" in notices(answer)
    assert '<html lang="de" data-theme="dark">' in page
    assert "Warteschlange" in text(alice.get("/"))
    assert people.alice().mark == "AK"


def test_times_are_told_in_one_s_own_zone(alice: Client, bob: Client, monday: object) -> None:
    alice.post(reverse("me"), FORM | {"language": "en-gb"})
    talk = stage.says("Tom", "no signal", minutes_ago=0)
    address = reverse("conversation", args=[talk.public_id])

    assert ">10:00<" in source(alice.get(address))
    assert ">09:00<" in source(bob.get(address))


def test_keys_can_be_turned_off(alice: Client) -> None:
    alice.post(reverse("me"), {key: FORM[key] for key in FORM if key != "keys_on"})

    assert 'data-keys="off"' in source(alice.get("/"))


def test_nobody_changes_their_own_role_here(alice: Client) -> None:
    alice.post(reverse("me"), FORM | {"role": "owner", "email": "eve@example.com"})

    assert people.alice().role == "advisor"


def test_a_zone_that_does_not_exist_is_refused(alice: Client) -> None:
    alice.post(reverse("me"), FORM | {"time_zone": "Europe/Atlantis"})

    assert people.alice().time_zone == "Europe/London"


def test_a_device_is_joined_and_left_by_its_owner_alone(alice: Client, bob: Client) -> None:
    given = Receiver().browser("https://push.example.net/1")
    form = {"endpoint": given.endpoint, "key": given.key, "secret": given.secret, "name": "Phone"}

    answer = alice.post(reverse("join-device"), form, follow=True)

    assert "You are called on this device from now on." in notices(answer)
    assert "Phone" in text(alice.get(reverse("me")))
    assert given.endpoint not in source(alice.get(reverse("me")))
    leave = reverse("leave-device", args=[Device.objects.get().pk])
    assert bob.post(leave).status_code == 404
    assert "It is called no more." in notices(alice.post(leave, follow=True))
    assert "Phone" not in text(alice.get(reverse("me")))


def test_what_no_browser_gave_is_refused(alice: Client, ann: Client) -> None:
    answer = alice.post(reverse("join-device"), {"endpoint": "http://example.com"}, follow=True)

    assert "This browser gave nothing to call it by." in notices(answer)
    assert "data-push=" in source(alice.get(reverse("me")))
    assert "data-push=" not in source(ann.get(reverse("me")))  # who answers nobody is not called


def test_the_script_that_shows_calls_stands_at_the_root(db: None) -> None:
    answer = Client().get("/worker.js")

    assert answer.headers["Content-Type"] == "text/javascript"
    assert "showNotification" in source(answer)
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
