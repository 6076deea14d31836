"""The pretend network as a stage: its real server, in a process of its own."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from typing import Any

from rejoinder.channels.pretend import channel
from rejoinder.channels.pretend.world import LONGEST
from rejoinder.plumbing.answer import NoAnswerError
from rejoinder.plumbing.http import Network
from tests.contract.stage import Kept, Stage, Stands
from tests.ports import free_port

HERE = "127.0.0.1"
_number = count(1)


class PretendStage(Stage):
    """A brand of its own on the network; people speak through the control door."""

    repeatable = False
    longest = ("x" * LONGEST, "👩‍👩‍👧‍👦" * LONGEST)
    too_long = ("x" * (LONGEST + 1), "e\u0301" * (LONGEST + 1))

    def __init__(self, url: str, http: Network) -> None:
        self.url = url
        self._http = http
        self.brand = f"brand{next(_number)}"
        settings = {"url": url, "handle": self.brand, "watch": f"word-of-{self.brand}."}
        super().__init__(channel, http, settings, {})

    @staticmethod
    def posts(method: str, url: str) -> bool:
        return method == "POST" and not url.endswith("/api/films")

    def says(self, who: str, text: str, *, reply_to: str | None = None, tag: bool = True) -> str:
        start = f"@{self.brand}" if tag else f"word-of-{self.brand}."
        say = {"by": who, "text": f"{start} {text}", "reply_to": reply_to}
        return str(self.orders(say=say)["id"])

    def whispers(self, who: str, text: str) -> str:
        say = {"by": who, "text": f"@{self.brand} {text}", "private": True}
        return str(self.orders(say=say)["id"])

    def edits(self, post: str, text: str) -> None:
        self.orders(edit={"id": post, "text": f"@{self.brand} {text}"})

    def deletes(self, post: str) -> None:
        self.orders(delete=post)

    def hidden(self, post: str) -> bool:
        """As a reader sees it."""
        page = self._http.call("GET", f"{self.url}/posts/{post}").body.decode()
        return "<em>hidden by" in page.partition(f'id="post-{post}"')[2].partition("</li>")[0]

    def holds_back(self, post: str, *, hidden: bool) -> None:
        self.orders(hide={"id": post, "by": self.brand, "hidden": hidden})

    def ours(self, to: str) -> list[Kept]:
        query: dict[str, Any] = {"as": self.brand, "since": ""}
        posts = json.loads(self._http.call("GET", f"{self.url}/api/ours", query=query).body)
        return [
            Kept(
                post["id"],
                post["text"],
                post["reply_to"],
                post["root"],
                post["private"],
                films=(post["film"],) if post["film"] else (),
            )
            for post in posts
            if post["reply_to"] == to
        ]

    def stands(self) -> list[Stands]:
        query: dict[str, Any] = {"as": self.brand}
        answer = self._http.call("GET", f"{self.url}/api/publications", query=query)
        posts = {post["id"]: post for post in json.loads(answer.body)}
        return [Stands(post["text"], post["pinned"]) for post in posts.values()]

    def counts(self) -> dict[str, int]:
        """How often the network let in, refused and was listened to."""
        found: dict[str, int] = json.loads(self._http.call("GET", f"{self.url}/control").body)
        return found

    def orders(self, **order: Any) -> Any:
        """Tell the network something through its control door."""
        answer = self._http.call("POST", f"{self.url}/control", json=order)
        assert answer.status == 200, answer.body
        return json.loads(answer.body)


class Server:
    """The running network."""

    def __init__(self, url: str, http: Network) -> None:
        self.url = url
        self.http = http

    def stage(self) -> PretendStage:
        return PretendStage(self.url, self.http)


@contextmanager
def far_end(*arguments: str) -> Iterator[Server]:
    """Start the server; limits of its own apply to each brand."""
    port = free_port()
    module = "rejoinder.channels.pretend.server"
    command = [sys.executable, "-m", module, "--port", str(port), *arguments]
    with subprocess.Popen(command) as process, closing(Network({HERE})) as http:
        try:
            url = f"http://{HERE}:{port}"
            _wait(http, url, process)
            yield Server(url, http)
        finally:
            process.terminate()


def _wait(http: Network, url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        try:
            http.call("GET", f"{url}/api/me")
        except NoAnswerError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the pretend network did not start")
