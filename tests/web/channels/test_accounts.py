"""Connecting, looking after and disconnecting accounts."""

from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.channels.bluesky.bluesky import Bluesky
from rejoinder.channels.contract import Identity, TroubleError
from rejoinder.channels.models import Account
from rejoinder.plumbing import clock
from rejoinder.team.models import AuditLine, Role
from tests import people
from tests.channels.leave import THERE, Museum, museum
from tests.web import stage
from tests.web.conftest import Browse
from tests.web.pages import notices, source, text

__all__ = ["museum"]  # a fixture

CONNECT = "/channels/connect/bluesky"
MUSEUM = "/channels/connect/museum"
FORM = {"handle": "northwind.example", "password": "abcd-efgh-ijkl-mnop"}

pytestmark = pytest.mark.usefixtures("monday")


@pytest.fixture
def opens(monkeypatch: pytest.MonkeyPatch) -> None:
    """The platform says who we are."""
    us = Identity(external_id="did:plc:us", handle="northwind.example", name="Northwind Mobile")
    monkeypatch.setattr(Bluesky, "identify", lambda self: us)


@pytest.fixture
def refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    """The platform does not let us in."""

    def identify(self: Bluesky) -> Identity:
        raise TroubleError("Invalid identifier or password", permanent=True)

    monkeypatch.setattr(Bluesky, "identify", identify)


def test_the_form_is_the_channel_s_own(olga: Client) -> None:
    page = text(olga.get(CONNECT))

    for field in Bluesky.form:
        assert field.label in page
        assert field.help in page


@pytest.mark.usefixtures("opens")
def test_olga_connects_an_account(olga: Client) -> None:
    answer = olga.post(CONNECT, FORM, follow=True)

    assert "northwind.example is connected." in notices(answer)
    assert Account.objects.get().unseal()["password"] == FORM["password"]
    assert AuditLine.objects.filter(action="connected", what="northwind.example").exists()


@pytest.mark.usefixtures("opens")
def test_the_password_is_never_shown_again(olga: Client) -> None:
    olga.post(CONNECT, FORM)

    for path in (CONNECT, reverse("channels"), reverse("audit")):
        assert FORM["password"] not in source(olga.get(path))


@pytest.mark.usefixtures("refuses")
def test_what_the_platform_says_stands_in_the_form(olga: Client) -> None:
    answer = olga.post(CONNECT, FORM)

    assert answer.status_code == 422
    assert "Invalid identifier or password" in text(answer)
    assert FORM["password"] not in source(answer)
    assert not Account.objects.exists()


def test_what_is_missing_is_asked_for(olga: Client) -> None:
    assert olga.post(CONNECT, {}).status_code == 422


def test_an_unknown_channel_has_no_form(olga: Client) -> None:
    assert olga.get("/channels/connect/telegraph").status_code == 404


def test_a_trouble_is_shown_with_its_remedy(alice: Client, olga: Client) -> None:
    account = stage.account()
    account.trouble, account.trouble_at = "ExpiredToken: sign in again", clock.now()
    account.save()

    page = text(olga.get(reverse("channels")))

    assert "1 account is in trouble." in page
    assert "ExpiredToken: sign in again" in page
    assert "connect it again" in page
    assert "connect it again" not in text(alice.get(reverse("channels")))


def test_olga_disconnects_and_the_credentials_are_gone(olga: Client) -> None:
    account = stage.account()
    account.seal({"password": "abcd"})
    account.save()

    answer = olga.post(reverse("disconnect", args=[account.public_id]), follow=True)

    assert "northwind.example is disconnected." in notices(answer)
    assert "No account is connected yet." in text(answer)
    account.refresh_from_db()
    assert account.unseal() == {}


@pytest.mark.parametrize("method", ["get", "post"])
def test_only_an_owner_connects(alice: Client, dan: Client, ann: Client, method: str) -> None:
    for client in (alice, dan, ann):
        assert getattr(client, method)(CONNECT).status_code == 403


def test_olga_allows_the_desk_on_the_platform_s_own_page(
    olga: Client, museum: type[Museum]
) -> None:
    assert "http://localhost:8000/channels/connect/museum/back" in text(olga.get(MUSEUM))
    shown = olga.post(MUSEUM, {"wing": "west"})
    [link] = [word for word in source(shown).split('"') if word.startswith(THERE[:20])]
    state = parse_qs(urlsplit(unescape(link)).query)["state"][0]
    back = reverse("connect-back", args=["museum"])

    answer = olga.get(back, {"state": state, "code": "made-up-code"}, follow=True)

    assert "museum@museum.example is connected." in notices(answer)
    assert Account.objects.get().unseal()["token"] == "made-up-token"
    assert AuditLine.objects.filter(action="connected", what="museum@museum.example").exists()
    again = olga.get(back, {"state": state, "code": "made-up-code"}, follow=True)
    assert "Start anew" in text(again)
    assert Account.objects.count() == 1


def test_what_has_to_be_done_there_is_drawn_beside_its_words(
    olga: Client, museum: type[Museum]
) -> None:
    shown = source(olga.get(MUSEUM))
    drawing = shown[shown.index('class="drawn"') : shown.index("</ol>")]
    assert drawing.startswith('class="drawn" aria-hidden="true"'), "the words say all of it"
    for part in ("museum.example", "Back door", "/museum/back</b>", "copy to: Key", "Let in"):
        assert part in drawing


def test_the_answer_of_somebody_else_s_browser_connects_nothing(
    olga: Client, browse: Browse, museum: type[Museum]
) -> None:
    shown = olga.post(MUSEUM, {"wing": "west"})
    state = parse_qs(urlsplit(unescape(source(shown).split(THERE[:20])[1])).query)["state"][0]
    query = {"state": state.split('"')[0], "code": "made-up-code"}

    answer = browse(people.colleague("Oscar", Role.OWNER)).get(
        reverse("connect-back", args=["museum"]), query, follow=True
    )

    assert "Start anew" in text(answer)
    assert not Account.objects.exists()


def test_a_platform_in_trouble_is_said_before_anybody_goes_there(
    olga: Client, museum: type[Museum]
) -> None:
    answer = olga.post(MUSEUM, {"wing": "closed"})

    assert answer.status_code == 422
    assert "The wing is closed." in text(answer)
