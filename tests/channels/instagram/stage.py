"""Instagram as a stage: the simulator, in a process of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

from rejoinder.channels.instagram import channel, instagram
from rejoinder.plumbing.http import Network
from tests.contract.stage import Kept, Stage
from tests.simulators.client import Simulator, running
from tests.simulators.graph.world import APP, SECRET

VERIFY = "made-up-words"
_number = count(1)


class InstagramStage(Stage):
    """An account with a picture."""

    repeatable = False
    replies_changed = False  # nobody edits a comment there; tests of its own delete them
    longest = ("x" * instagram.LONGEST, "é" * instagram.LONGEST)
    too_long = ("x" * (instagram.LONGEST + 1), "é" * (instagram.LONGEST + 1))

    def __init__(self, there: Simulator, network: Network) -> None:
        self.there = there
        self.brand = f"brand{next(_number)}"
        self.account = there.control("account", name=self.brand, of=f"anna of {self.brand}")
        secrets = {"app_secret": SECRET, "verify_token": VERIFY, "access": self.account["token"]}
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
        raise NotImplementedError  # see replies_changed

    def deletes(self, post: str) -> None:
        self.there.control("delete", id=post)

    def hidden(self, post: str) -> bool:
        return bool(self.there.control("look", id=post)["hidden"])

    def holds_back(self, post: str, *, hidden: bool) -> None:
        self.there.control("set", id=post, hidden=hidden)

    def ours(self, to: str) -> list[Kept]:
        return [
            Kept(each["id"], each["text"], to, each["parent"] or to, each["private"])
            for each in self.there.control("on", to=self.brand)
            if each["answers"] == to
        ]


class Running:
    """One Instagram for all the stages of a run."""

    def __init__(self, there: Simulator) -> None:
        self.there = there
        self.network = Network({"127.0.0.1"})

    def stage(self) -> InstagramStage:
        return InstagramStage(self.there, self.network)


@contextmanager
def far_end() -> Iterator[Running]:
    with running("instagram") as there:
        found = Running(there)
        yield found
        found.network.close()
