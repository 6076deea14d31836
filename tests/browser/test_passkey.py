"""Alice comes by link, adds a passkey, and comes back with it alone."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Come
from tests.browser.desk import Desk

pytestmark = pytest.mark.real

FINGERPRINT = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def give_a_fingerprint_reader(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": FINGERPRINT})


def test_a_passkey_lets_alice_in_again(desk: Desk, come: Come) -> None:
    page = come("Alice")
    give_a_fingerprint_reader(page)
    page.goto(f"{desk.address}/accounts/2fa/webauthn/add/")
    page.locator("main input[name=name]").fill("Alice's laptop")
    page.locator("main input[name=passwordless]").check()

    page.locator("#mfa_webauthn_add").click()
    expect(page.locator("main")).not_to_contain_text("passwordless", timeout=10_000)
    page.goto(f"{desk.address}/accounts/2fa/webauthn/")
    expect(page.locator("main")).to_contain_text("Alice's laptop")
    page.goto(f"{desk.address}/accounts/logout/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/accounts/login/**")
    page.get_by_role("button", name="Sign in with a passkey").click()

    page.wait_for_url(f"{desk.address}/")
    expect(page.get_by_role("heading", name="Queue")).to_be_visible()
