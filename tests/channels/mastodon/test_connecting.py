"""There to the server's own page and back: once, by the app that asked, with its verifier."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from rejoinder.channels.contract import Authorization, Connection, TroubleError
from rejoinder.channels.mastodon import channel
from tests.channels.mastodon.stage import Running, far_end
from tests.simulators.mastodon.doors import PASSWORD

BACK = "http://localhost:8000/channels/connect/mastodon/back"


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    with far_end() as running:
        yield running


@pytest.fixture
def asked(server: Running) -> Connection:
    return Connection(settings={"server": server.server.url}, secrets={"token": ""})


def begun(server: Running, asked: Connection) -> Authorization:
    found = channel.begin_authorization(asked, server.http, back=BACK, state="made-up-state")
    assert found is not None
    return found


def allowed(authorization: Authorization) -> dict[str, str]:
    """What the browser of somebody who says yes comes back with."""
    form = {"username": "brand", "password": PASSWORD}
    answer = httpx.post(authorization.url, data=form)
    assert answer.status_code == 302, answer.text
    return {
        name: values[0]
        for name, values in parse_qs(urlsplit(answer.headers["location"]).query).items()
    }


def test_there_and_back_with_pkce(server: Running, asked: Connection) -> None:
    authorization = begun(server, asked)
    assert "code_challenge_method=S256" in authorization.url
    assert authorization.kept["verifier"] not in authorization.url
    assert authorization.kept["client_secret"] not in authorization.url
    query = allowed(authorization)
    assert query["state"] == "made-up-state"
    got = channel.finish_authorization(
        asked, server.http, back=BACK, kept=authorization.kept, query=query
    )
    connected = Connection(settings=asked.settings, secrets=asked.secrets | got)
    us = channel(connected, server.http).identify()
    assert us.handle == "brand@social.example"
    learned = {"most": "500", "link": "23", "film": "103809024", "streaming": server.server.url}
    assert us.learned == learned
    with pytest.raises(TroubleError, match="grant"):
        channel.finish_authorization(
            asked, server.http, back=BACK, kept=authorization.kept, query=query
        )


def test_without_its_verifier_a_code_is_worth_nothing(server: Running, asked: Connection) -> None:
    authorization = begun(server, asked)
    kept = authorization.kept | {"verifier": "another-verifier-of-the-same-length-as-it"}
    with pytest.raises(TroubleError, match="grant"):
        channel.finish_authorization(
            asked, server.http, back=BACK, kept=kept, query=allowed(authorization)
        )


def test_a_server_without_pkce_is_asked_without(server: Running, asked: Connection) -> None:
    server.server.control("limit", pkce=False)
    try:
        authorization = begun(server, asked)
        assert "code_challenge" not in authorization.url
        got = channel.finish_authorization(
            asked, server.http, back=BACK, kept=authorization.kept, query=allowed(authorization)
        )
        assert got["token"]
    finally:
        server.server.control("limit", pkce=True)


def test_who_filled_in_a_token_is_not_sent_away(server: Running) -> None:
    given = Connection(settings={"server": server.server.url}, secrets={"token": "made-up"})
    assert channel.begin_authorization(given, server.http, back=BACK, state="s") is None


def test_a_server_that_is_none_is_said(server: Running) -> None:
    nowhere = Connection(settings={"server": "http://127.0.0.1:1"}, secrets={"token": ""})
    with pytest.raises(TroubleError):
        channel.begin_authorization(nowhere, server.http, back=BACK, state="s")
