"""YouTube as a stage: the simulator, in a process of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

from rejoinder.channels.youtube import channel, youtube
from rejoinder.plumbing.http import Network
from tests.contract.stage import Kept, Stage
from tests.simulators.client import Simulator, running
from tests.simulators.youtube.world import CLIENT, SECRET

_number = count(1)


class YouTubeStage(Stage):
    """A brand with a video."""

    repeatable = False
    longest = ("x" * youtube.LONGEST, "é" * youtube.LONGEST)
    too_long = ("x" * (youtube.LONGEST + 1), "é" * (youtube.LONGEST + 1))

    def __init__(self, there: Simulator, network: Network) -> None:
        self.there = there
        self.brand = f"brand{next(_number)}"
        made = there.control("person", handle=self.brand)
        secrets = {
            "client_secret": SECRET,
            "access": made["access_token"],
            "refresh": made["refresh_token"],
        }
        settings = {"client_id": CLIENT, "service": there.url}
        super().__init__(channel, network, settings, secrets)

    @staticmethod
    def posts(method: str, url: str) -> bool:
        return method in {"POST", "PUT", "DELETE"} and "/comments" in url

    def says(self, who: str, text: str, *, reply_to: str | None = None, tag: bool = True) -> str:
        given = {"who": who, "to": self.brand, "text": text, "reply_to": reply_to}
        return str(self.there.control("say", **given)["id"])

    def edits(self, post: str, text: str) -> None:
        self.there.control("edit", id=post, text=text)

    def deletes(self, post: str) -> None:
        self.there.control("delete", id=post)

    def hidden(self, post: str) -> bool:
        return bool(self.there.control("looks", id=post) != "published")

    def holds_back(self, post: str, *, hidden: bool) -> None:
        status = "heldForReview" if hidden else "published"
        self.there.control("status", id=post, status=status)

    def ours(self, to: str) -> list[Kept]:
        """In a thread of one level the person who is named first is answered."""
        kept = self.there.control("on", to=self.brand)
        found = []
        for at, each in enumerate(kept):
            if each["who"] != f"@{self.brand}" or not each["parent"]:
                continue
            name, _, rest = each["text"].partition(" ")
            near = [one for one in kept[:at] if one["parent"] == each["parent"]]
            named = [one for one in near if one["who"] == name]
            above = named[-1]["id"] if named else each["parent"]
            if above == to:
                text = rest if named else each["text"]
                found.append(Kept(each["id"], text, above, each["parent"]))
        return found


class Running:
    """One YouTube for all the stages of a run."""

    def __init__(self, there: Simulator) -> None:
        self.there = there
        self.network = Network({"127.0.0.1"})

    def stage(self) -> YouTubeStage:
        return YouTubeStage(self.there, self.network)


@contextmanager
def far_end() -> Iterator[Running]:
    with running("youtube") as there:
        there.control("change", units=10_000_000)
        found = Running(there)
        yield found
        found.network.close()
