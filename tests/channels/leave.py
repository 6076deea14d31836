"""A platform that asks on its own page: what it gives, and what it was shown."""

from collections.abc import Mapping

import pytest

from rejoinder.channels import oauth, registry
from rejoinder.channels.bluesky.bluesky import Bluesky
from rejoinder.channels.contract import (
    Authorization,
    Connection,
    Field,
    Http,
    Identity,
    Seen,
    Step,
    TroubleError,
)

NAME = "museum"
THERE = "https://museum.example/allow?app=1"
STEPS = (
    Step(
        "Name {back} as the address to come back to.",
        "museum.example",
        ("Doors", "Back door"),
        (Seen("Way back", "{back}"), Seen("Ticket", copy="key")),
        "Let in",
    ),
)


class Museum(Bluesky):
    """Connected by leave, unless a key is filled in."""

    name = NAME
    label = "Museum"
    steps = STEPS
    form = (
        Field(name="wing", label="Wing", required=True),
        Field(name="key", label="Key", secret=True, required=False),
    )

    @classmethod
    def begin_authorization(
        cls, connection: Connection, http: Http, *, back: str, state: str
    ) -> Authorization | None:
        if connection.secrets["key"]:
            return None
        if connection.settings["wing"] == "script":
            return Authorization(url="javascript:alert(1)")
        if connection.settings["wing"] == "closed":
            raise TroubleError("The wing is closed.")
        url = oauth.address(THERE, {"back": back, "state": state})
        return Authorization(url=url, kept={"verifier": "made-up-verifier"})

    @classmethod
    def finish_authorization(
        cls,
        connection: Connection,
        http: Http,
        *,
        back: str,
        kept: Mapping[str, str],
        query: Mapping[str, str],
    ) -> dict[str, str]:
        assert kept == {"verifier": "made-up-verifier"}
        assert back.startswith("http")
        if query.get("code") != "made-up-code":
            raise TroubleError("The code is another one.")
        return {"token": "made-up-token"}

    def identify(self) -> Identity:
        if not self.connection.secrets.get("token") and not self.connection.secrets["key"]:
            raise TroubleError("There is neither a token nor a key.")
        return Identity(external_id="museum-1", handle="museum@museum.example")


@pytest.fixture
def museum(monkeypatch: pytest.MonkeyPatch) -> type[Museum]:
    """The platform, among the others."""
    known = registry.channels() | {NAME: Museum}
    monkeypatch.setattr(registry, "channels", lambda: known)
    return Museum
