"""X as a stage: the simulator, in a process of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

from rejoinder.channels.x import channel
from rejoinder.plumbing.http import Network
from tests.contract.stage import Kept, Stage
from tests.simulators.client import Simulator, running

FAMILY = "👩‍👩‍👧‍👦"  # one picture, 2 of 280
_number = count(1)


class XStage(Stage):
    """A brand on the simulator."""

    repeatable = False
    longest = ("x" * 280, FAMILY * 140)
    too_long = ("あ" * 141, "x" * 258 + " https://example.com/short")

    def __init__(self, x: Simulator, network: Network) -> None:
        self.x = x
        number = next(_number)
        self.brand, self.word = f"brand{number}", f"northwind{number}"
        tokens = x.control("people", username=self.brand)
        secrets = {"access": tokens["access_token"], "refresh": tokens["refresh_token"]}
        settings = {
            "client_id": "made-up-client",
            "watch": self.word,
            "messages": "yes",
            "service": x.url,
        }
        super().__init__(channel, network, settings, secrets)

    @staticmethod
    def posts(method: str, url: str) -> bool:
        written = method == "POST" and url.endswith(("/2/tweets", "/messages"))
        return written or method == "DELETE"

    def says(self, who: str, text: str, *, reply_to: str | None = None, tag: bool = True) -> str:
        said = f"@{self.brand} {text}" if tag else f"{self.word} {text}"
        found: str = self.x.control("say", who=who, text=said, reply_to=reply_to)["id"]
        return found

    def whispers(self, who: str, text: str) -> str:
        return "dm:" + str(self.x.control("message", who=who, to=self.brand, text=text)["id"])

    def edits(self, post: str, text: str) -> None:
        self.x.control("edit", id=post, text=f"@{self.brand} {text}")

    def deletes(self, post: str) -> None:
        self.x.control("delete", id=post)

    def ours(self, to: str) -> list[Kept]:
        found = self.x.answers(self.brand, to)
        return [
            Kept(
                p["id"],
                p["text"],
                to,
                p["root"],
                p["private"],
                tuple(p.get("pictures", ())),
                tuple(p.get("films", ())),
            )
            for p in found
        ]


class Running:
    """One X for all the stages of a run."""

    def __init__(self, x: Simulator) -> None:
        self.x = x
        self.network = Network({"127.0.0.1"})

    def stage(self) -> XStage:
        return XStage(self.x, self.network)


@contextmanager
def far_end() -> Iterator[Running]:
    with running("x") as x:
        x.control("change", times=10_000)
        found = Running(x)
        yield found
        found.network.close()
