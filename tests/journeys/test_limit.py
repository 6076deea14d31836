"""1,700 replies against Bluesky's own limit: it never has to refuse, and the rest has a time."""

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from rejoinder.channels import actions as channels
from rejoinder.channels.bluesky.bluesky import Bluesky
from rejoinder.channels.contract import Channel, Connection
from rejoinder.channels.models import Account
from rejoinder.listening.models import Conversation, Mention, Person
from rejoinder.outbox import actions, forecast
from rejoinder.outbox.models import Reply, State
from rejoinder.outbox.send import Sender
from rejoinder.plumbing import clock
from rejoinder.plumbing.answer import Answer
from rejoinder.plumbing.http import Network
from tests import people
from tests.real import network

pytestmark = [pytest.mark.real, pytest.mark.django_db(transaction=True)]

REPLIES = 1_700
AN_HOUR = 1_666  # creates: 5,000 points at 3 each, as the server counted when it was measured


class _Counted:
    """The guarded network, noting every answer's status."""

    def __init__(self, inner: Network) -> None:
        self.inner = inner
        self.statuses: Counter[int] = Counter()

    def call(self, method: str, url: str, **words: Any) -> Answer:
        answer = self.inner.call(method, url, **words)
        self.statuses[answer.status] += 1
        return answer


@pytest.fixture(scope="module")
def server() -> Iterator[network.Bluesky]:
    with network.bluesky("pds") as started:
        yield started


@pytest.fixture
def http(server: network.Bluesky) -> Iterator[_Counted]:
    with closing(Network({urlsplit(server.pds).hostname or ""})) as opened:
        yield _Counted(opened)


def test_the_limit_is_met_exactly_and_never_exceeded(
    server: network.Bluesky, http: _Counted, capsys: pytest.CaptureFixture[str]
) -> None:
    account = _connected(server, http)
    mention = _asked(server, account)
    started = clock.now()
    for number in range(REPLIES):
        _queue(account, mention, f"Answer {number}: we are on it. ^AK")

    sender = Sender(lambda row: _opened(row, http))
    while sender.run_once():
        pass  # rounds of a hundred, until there is no room

    sent = Reply.objects.filter(state=State.SENT).count()
    rest = forecast.rest(account)
    with capsys.disabled():
        print(f"\n{sent} sent, statuses {dict(http.statuses)}, {rest}")
    assert http.statuses[429] == 0
    assert sent == AN_HOUR
    assert rest.waiting == REPLIES - AN_HOUR
    assert _on_the_server(server, account) == AN_HOUR
    assert rest.first_at is not None
    assert rest.last_at is not None
    assert started + timedelta(hours=1) <= rest.first_at <= rest.last_at
    assert rest.last_at <= clock.now() + timedelta(hours=1, minutes=2)


def _connected(server: network.Bluesky, http: _Counted) -> Account:
    brand = server.sign_up("northwind-limit")
    filled = {"handle": brand.handle, "password": brand.password, "service": server.pds}
    return channels.connect("bluesky", filled, witness=lambda _: None, http=http)


def _asked(server: network.Bluesky, account: Account) -> Mention:
    who = server.sign_up("tom-limit")
    post = _posted(server, who, "no signal since nine")
    person = Person.objects.create(channel="bluesky", external_id=who.did, handle=who.handle)
    now = clock.now()
    conversation = Conversation.objects.create(
        channel="bluesky",
        thread=post["uri"],
        person=person,
        account=account,
        opened_at=now,
        last_at=now,
        waiting_since=now,
    )
    return Mention.objects.create(
        channel="bluesky",
        external_id=post["uri"],
        account=account,
        conversation=conversation,
        person=person,
        thread=post["uri"],
        text="no signal since nine",
        created_at=now,
        heard_at=now,
        ref={"cid": post["cid"]},
    )


def _posted(server: network.Bluesky, who: network.Somebody, text: str) -> dict[str, str]:
    xrpc = f"{server.pds}/xrpc/com.atproto"
    session = httpx.post(
        f"{xrpc}.server.createSession",
        json={"identifier": who.handle, "password": who.password},
    ).json()
    record = {"text": text, "createdAt": clock.now().isoformat()}
    post: dict[str, str] = httpx.post(
        f"{xrpc}.repo.createRecord",
        headers={"Authorization": f"Bearer {session['accessJwt']}"},
        json={"repo": who.did, "collection": "app.bsky.feed.post", "record": record},
    ).json()
    return post


def _queue(account: Account, mention: Mention, text: str) -> None:
    conversation = mention.conversation
    assert conversation is not None
    actions.queue_reply(
        conversation, mention, people.alice(), text, account=account, due_at=clock.now()
    )


def _opened(account: Account, http: _Counted) -> Channel:
    connection = Connection(
        settings=account.settings,
        secrets=account.unseal(),
        external_id=account.external_id,
        handle=account.handle,
    )
    return Bluesky(connection, http)


def _on_the_server(server: network.Bluesky, account: Account) -> int:
    """How many posts the server itself lists."""
    total, cursor = 0, ""
    while True:
        page = httpx.get(
            f"{server.pds}/xrpc/com.atproto.repo.listRecords",
            params={
                "repo": account.external_id,
                "collection": "app.bsky.feed.post",
                "limit": 100,
                **({"cursor": cursor} if cursor else {}),
            },
        ).json()
        total += len(page["records"])
        cursor = page.get("cursor", "")
        if not cursor or not page["records"]:
            return total
