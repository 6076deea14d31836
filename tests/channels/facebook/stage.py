"""Facebook as a stage: the simulator, in a process of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

from rejoinder.channels.facebook import channel, facebook
from rejoinder.plumbing.http import Network
from tests.contract.stage import Kept, Stage
from tests.simulators.client import Simulator, running
from tests.simulators.graph.world import APP, SECRET

VERIFY = "made-up-words"
_number = count(1)


class FacebookStage(Stage):
    """A Page with a post."""

    repeatable = False
    longest = ("x" * facebook.LONGEST, "é" * facebook.LONGEST)
    too_long = ("x" * (facebook.LONGEST + 1), "é" * (facebook.LONGEST + 1))

    def __init__(self, there: Simulator, network: Network) -> None:
        self.there = there
        self.brand = f"brand{next(_number)}"
        self.page = there.control("page", name=self.brand, of=f"anna of {self.brand}")
        secrets = {"app_secret": SECRET, "verify_token": VERIFY, "access": self.page["token"]}
        settings = {"app_id": APP, "service": f"{there.url}/v26.0", "messages": "yes"}
        super().__init__(channel, network, settings, secrets)

    @staticmethod
    def posts(method: str, url: str) -> bool:
        return method in {"POST", "DELETE"}

    def says(self, who: str, text: str, *, reply_to: str | None = None, tag: bool = True) -> str:
        given = {"who": who, "to": self.brand, "text": text, "reply_to": reply_to}
        return str(self.there.control("say", **given)["id"])

    def whispers(self, who: str, text: str) -> str:
        return str(self.there.control("whisper", who=who, to=self.brand, text=text)["id"])

    def edits(self, post: str, text: str) -> None:
        self.there.control("edit", id=post, text=text)

    def deletes(self, post: str) -> None:
        self.there.control("delete", id=post)

    def hidden(self, post: str) -> bool:
        return bool(self.there.control("looks", id=post)["hidden"])

    def holds_back(self, post: str, *, hidden: bool) -> None:
        self.there.control("hides", id=post, hidden=hidden)

    def ours(self, to: str) -> list[Kept]:
        return [
            Kept(each["id"], each["text"], to, each["parent"] or to, each["private"])
            for each in self.there.control("on", to=self.brand)
            if each["answers"] == to
        ]


class Running:
    """One Facebook for all the stages of a run."""

    def __init__(self, there: Simulator) -> None:
        self.there = there
        self.network = Network({"127.0.0.1"})

    def stage(self) -> FacebookStage:
        return FacebookStage(self.there, self.network)


@contextmanager
def far_end() -> Iterator[Running]:
    with running("facebook") as there:
        found = Running(there)
        yield found
        found.network.close()
