"""A desk with one account on a real Bluesky server, and what that server says of it."""

from collections import Counter
from typing import Any

import httpx

from rejoinder.channels import actions as channels
from rejoinder.channels.bluesky.bluesky import Bluesky
from rejoinder.channels.contract import Channel, Connection
from rejoinder.channels.models import Account
from rejoinder.listening.models import Conversation, Mention, Person
from rejoinder.outbox import actions
from rejoinder.outbox.send import Sender
from rejoinder.plumbing import clock
from rejoinder.plumbing.answer import Answer
from rejoinder.plumbing.http import Network
from tests import people
from tests.real import network


class Counted:
    """The guarded network, noting every answer's status."""

    def __init__(self, inner: Network) -> None:
        self.inner = inner
        self.statuses: Counter[int] = Counter()

    def call(self, method: str, url: str, **words: Any) -> Answer:
        answer = self.inner.call(method, url, **words)
        self.statuses[answer.status] += 1
        return answer


class Desk:
    """Our account, and somebody who waits for an answer on the same server."""

    def __init__(self, server: network.Bluesky, http: Counted) -> None:
        self._server, self._http = server, http
        brand = server.sign_up("northwind-limit")
        filled = {"handle": brand.handle, "password": brand.password, "service": server.pds}
        self.account: Account = channels.connect(
            "bluesky", filled, witness=lambda _: None, http=http
        )
        self._mention = self._asked()

    def queue(self, text: str) -> None:
        """A reply that leaves when there is room."""
        talk = self._mention.conversation
        assert talk is not None
        actions.queue_reply(
            talk, self._mention, people.alice(), text, account=self.account, due_at=clock.now()
        )

    def sends(self) -> None:
        """Rounds of a hundred, until there is no room or nothing is left."""
        sender = Sender(self._opened)
        while sender.run_once():
            pass

    def on_the_server(self) -> int:
        """How many posts of ours the server itself lists."""
        total, cursor = 0, ""
        while True:
            page = httpx.get(
                f"{self._server.pds}/xrpc/com.atproto.repo.listRecords",
                params={
                    "repo": self.account.external_id,
                    "collection": "app.bsky.feed.post",
                    "limit": 100,
                    **({"cursor": cursor} if cursor else {}),
                },
            ).json()
            total += len(page["records"])
            cursor = page.get("cursor", "")
            if not cursor or not page["records"]:
                return total

    def _opened(self, account: Account) -> Channel:
        connection = Connection(
            settings=account.settings,
            secrets=account.unseal(),
            external_id=account.external_id,
            handle=account.handle,
        )
        return Bluesky(connection, self._http)

    def _asked(self) -> Mention:
        who = self._server.sign_up("tom-limit")
        post = self._posted(who, "no signal since nine")
        person = Person.objects.create(channel="bluesky", external_id=who.did, handle=who.handle)
        now = clock.now()
        conversation = Conversation.objects.create(
            channel="bluesky",
            thread=post["uri"],
            person=person,
            account=self.account,
            opened_at=now,
            last_at=now,
            waiting_since=now,
        )
        return Mention.objects.create(
            channel="bluesky",
            external_id=post["uri"],
            account=self.account,
            conversation=conversation,
            person=person,
            thread=post["uri"],
            text="no signal since nine",
            created_at=now,
            heard_at=now,
            ref={"cid": post["cid"]},
        )

    def _posted(self, who: network.Somebody, text: str) -> dict[str, str]:
        xrpc = f"{self._server.pds}/xrpc/com.atproto"
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
