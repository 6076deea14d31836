"""Coming in: by one-time link, by password, by code; and the first owner of a new desk."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from rejoinder.plumbing.config import config
from rejoinder.team import sign_in
from rejoinder.team.models import Advisor, Organisation
from tests import people
from tests.web.pages import source, text

PASSWORD = "correct horse battery"
FIRST_RUN = {
    "organisation": "Northwind Mobile",
    "time_zone": "Europe/London",
    "name": "Olga",
    "email": "olga@example.com",
    "password": PASSWORD,
}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    """Failed sign-ins of another test do not count against this one."""
    cache.clear()


def path(link: str) -> str:
    return link.removeprefix(config().base_url)


def test_a_preview_of_the_link_does_not_use_it_up() -> None:
    link = path(sign_in.colleague_link(people.alice()))

    for _ in range(3):
        assert "Good to see you, Alice" in text(Client().get(link))
    assert Client().post(link).status_code == 302


def test_a_link_lets_in_once() -> None:
    link = path(sign_in.colleague_link(people.alice()))
    Client().post(link)

    answer = Client().post(link)

    assert answer.status_code == 410
    assert "This link cannot be used" in text(answer)


def test_whoever_came_by_link_may_add_a_passkey_at_once() -> None:
    client = Client()
    client.post(path(sign_in.colleague_link(people.alice())))

    assert client.get(reverse("mfa_add_webauthn")).status_code == 200


def test_a_made_up_link_is_refused() -> None:
    assert Client().get("/sign-in/" + "a" * 32).status_code == 410
    assert Client().get("/sign-in/short").status_code in {302, 404}


def test_the_first_owner_opens_the_desk_and_is_led_through_the_first_run() -> None:
    client, link = Client(), path(sign_in.owner_link())

    assert "Set up this desk" in text(client.get(link))
    answer = client.post(link, FIRST_RUN)

    assert answer.headers["Location"] == reverse("setup")
    assert "1 of 5 steps is done" in text(client.get(reverse("setup")))
    assert Organisation.objects.get().name == "Northwind Mobile"
    assert "No account is connected yet." in text(client.get(reverse("channels")))


def test_a_weak_password_keeps_the_first_run_page(client: Client) -> None:
    link = path(sign_in.owner_link())

    answer = client.post(link, FIRST_RUN | {"password": "short"})

    assert "at least 12 characters" in text(answer)
    assert not Advisor.objects.exists()


def test_without_the_link_no_page_makes_an_owner(client: Client) -> None:
    assert client.post("/welcome/" + "a" * 32, FIRST_RUN).status_code == 410
    client.post("/accounts/signup/", {"email": "eve@example.com", "password1": PASSWORD})

    assert not Advisor.objects.exists()


def test_a_second_owner_link_is_refused_when_there_is_an_owner(client: Client) -> None:
    people.olga()

    assert client.get(path(sign_in.owner_link())).status_code == 410


def with_password(advisor: Advisor) -> Advisor:
    advisor.set_password(PASSWORD)
    advisor.save()
    return advisor


def enter(client: Client, password: str = PASSWORD) -> str:
    form = {"login": "alice@example.com", "password": password}
    return text(client.post(reverse("account_login"), form, follow=True))


def test_alice_signs_in_with_her_password(client: Client) -> None:
    with_password(people.alice())

    assert "Nobody is waiting." in enter(client)


def test_a_wrong_password_and_an_unknown_address_say_the_same(client: Client) -> None:
    with_password(people.alice())
    known = enter(client, "wrong horse battery")
    form = {"login": "eve@example.com", "password": "wrong horse battery"}
    unknown = text(client.post(reverse("account_login"), form))

    assert "not correct" in known
    assert "not correct" in unknown


def test_who_forgot_a_password_is_led_to_the_owner(client: Client) -> None:
    page = text(client.get("/accounts/password/reset/", follow=True))

    assert "ask an owner of the desk for a sign-in link" in page


def test_charlie_who_was_removed_stays_out(client: Client) -> None:
    with_password(people.charlie())
    form = {"login": "charlie@example.com", "password": PASSWORD}

    client.post(reverse("account_login"), form)

    assert client.get("/").status_code == 302


def test_a_code_is_asked_for_when_one_was_set_up(client: Client) -> None:
    alice = with_password(people.alice())
    setting_up = Client()
    setting_up.post(path(sign_in.colleague_link(alice)))
    page = source(setting_up.get(reverse("mfa_activate_totp")))
    secret = page.partition('id="authenticator_secret"')[2].partition('value="')[2].split('"')[0]
    setting_up.post(reverse("mfa_activate_totp"), {"code": code(secret)})
    stored = Authenticator.objects.get(user=alice, type="totp").data["secret"]

    asked = enter(client)

    assert stored != secret  # sealed under the master key
    assert "authenticator code" in asked.lower()
    assert client.get("/").status_code == 302


def code(secret: str) -> str:
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return str(totp.format_hotp_value(totp.hotp_value(secret, counter)))


@pytest.mark.parametrize(
    "name",
    [
        "mfa_index",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "mfa_activate_totp",
        "account_change_password",
        "account_logout",
        "account_reauthenticate",
    ],
)
def test_the_pages_about_signing_in_wear_the_desk_s_look(name: str) -> None:
    with_password(people.alice())
    client = Client()
    enter(client)

    page = source(client.get(reverse(name), follow=True))

    assert "web/tokens.css" in page
    assert "style=" not in page
    assert "onclick" not in page
