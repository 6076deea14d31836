"""An account on X: let in on X's page, renewed in time, examined, answered by hand or by API."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest

from rejoinder.channels.contract import Connection, Outgoing, Refused
from rejoinder.channels.x.x import X
from rejoinder.plumbing.http import Network
from tests.simulators.client import Simulator, running

BACK = "https://desk.example.com/channels/connect/x/back"


@pytest.fixture(scope="module")
def x() -> Iterator[Simulator]:
    with running("x") as found:
        yield found


@pytest.fixture(scope="module")
def network() -> Iterator[Network]:
    found = Network({"127.0.0.1"})
    yield found
    found.close()


def account(
    x: Simulator, network: Network, *, kept: dict[str, str] | None = None, **given: Any
) -> X:
    tokens = x.control("people", username="brand", **given)
    secrets = {"access": tokens["access_token"], "refresh": tokens["refresh_token"]}
    connection = Connection(
        settings={"client_id": "made-up-client", "service": x.url},
        secrets=secrets,
        external_id=tokens["id"],
        handle="brand",
    )
    return X(connection, network, (kept if kept is not None else {}).update)


def test_it_is_let_in_on_its_own_page(x: Simulator, network: Network) -> None:
    asked = Connection(settings={"client_id": "made-up-client", "service": x.url}, secrets={})
    begun = X.begin_authorization(asked, network, back=BACK, state="made-up-state")
    assert begun is not None
    answer = httpx.get(begun.url, trust_env=False)
    query = dict(parse_qsl(urlsplit(answer.headers["location"]).query))
    assert query["state"] == "made-up-state"
    got = X.finish_authorization(asked, network, back=BACK, kept=begun.kept, query=query)
    opened = X(Connection(settings=asked.settings, secrets=got), network)
    assert opened.identify().handle == "brand"


def test_tokens_are_renewed_and_the_new_ones_kept(x: Simulator, network: Network) -> None:
    kept: dict[str, str] = {}
    channel = account(x, network, kept=kept, lasts=-1)
    assert channel.identify().handle == "brand"
    assert set(kept) == {"access", "refresh"}
    assert kept["refresh"] != channel.connection.secrets["refresh"]


def test_the_doctor_names_a_missing_permission(x: Simulator, network: Network) -> None:
    healthy = account(x, network).check()
    assert all(finding.ok for finding in healthy)
    [finding] = account(x, network, scopes=["users.read"]).check()
    assert finding.serious
    assert "scope" in finding.words
    assert "permission" in finding.remedy


def test_the_doctor_names_a_wrong_clock(x: Simulator, network: Network) -> None:
    tokens = x.control("people", username="brand")
    secrets = {
        "consumer_key": "made-up-consumer",
        "consumer_secret": "made-up-consumer-secret",
        "token": tokens["token"],
        "token_secret": tokens["token_secret"],
    }
    settings = {"service": x.url}
    channel = X(Connection(settings=settings, secrets=secrets, external_id=tokens["id"]), network)
    assert all(finding.ok for finding in channel.check())
    x.control("change", skew=3600)
    [finding] = channel.check()
    x.control("change", skew=0)
    assert "clock" in finding.remedy


def test_who_did_not_call_us_is_answered_by_hand(x: Simulator, network: Network) -> None:
    channel = account(x, network)
    asked = x.control("say", who="tina", text="brand is down & out")["id"]
    outgoing = Outgoing(
        text="Sorry & soon.",
        to=asked,
        root=asked,
        ref={"id": asked, "summoned": False},
        created_at=datetime.now(UTC),
    )
    page = urlsplit(X.by_hand(outgoing, {}))
    assert (page.hostname, page.path) == ("x.com", "/intent/post")
    assert dict(parse_qsl(page.query)) == {"text": "Sorry & soon.", "in_reply_to": asked}
    assert X.by_hand(outgoing, {"tier": "Enterprise"}) == ""
    sent = channel.send(outgoing, "1")
    assert isinstance(sent, Refused)
    assert "not been mentioned" in sent.words


def test_how_many_follow_somebody_is_told(x: Simulator, network: Network) -> None:
    channel = account(x, network)
    x.control("people", username="nina", followers=1200)
    cursor = channel.listen({}).cursor
    x.control("say", who="nina", text="@brand no signal")
    [post] = channel.listen(cursor).posts
    assert (post.handle, post.followers) == ("nina", 1200)


def test_a_link_has_its_price() -> None:
    [purse] = [limit for limit in X.limits() if limit.name == "purse"]
    prices = [purse.costs.get(X.kind_of(text), purse.cost) for text in ("Hi.", "See example.com")]
    assert prices == [0.01, 0.2]
