"""Flickr as a stage: the simulator, in a process of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import ClassVar

from rejoinder.channels.flickr import channel, flickr, reading
from rejoinder.plumbing.http import Network
from tests.contract.stage import Kept, Stage
from tests.simulators.client import Simulator, running
from tests.simulators.flickr.world import KEY, SECRET

_number = count(1)


class Impatient(channel):
    """Looks at each listening; that the real one waits an hour is tested by itself."""

    hourly: ClassVar[float] = 0.0


class FlickrStage(Stage):
    """A brand with a photo."""

    repeatable = False
    longest = ("x" * flickr.LONGEST, "é" * flickr.LONGEST)
    too_long = ("x" * (flickr.LONGEST + 1), "é" * (flickr.LONGEST + 1))

    def __init__(self, there: Simulator, network: Network) -> None:
        self.there = there
        self.brand = f"brand{next(_number)}"
        made = there.control("person", username=self.brand)
        self.photo = made["photo"]
        secrets = {
            "secret": SECRET,
            "token": made["token"],
            "token_secret": made["token_secret"],
        }
        super().__init__(Impatient, network, {"key": KEY, "service": there.url}, secrets)

    @staticmethod
    def posts(method: str, url: str) -> bool:
        return method == "POST"

    def says(self, who: str, text: str, *, reply_to: str | None = None, tag: bool = True) -> str:
        given = {"who": who, "text": reading.written(text, ""), "photo": self.photo}
        return str(self.there.control("say", reply_to=reply_to, **given)["id"])

    def edits(self, post: str, text: str) -> None:
        self.there.control("edit", id=post, text=text)

    def deletes(self, post: str) -> None:
        self.there.control("delete", id=post)

    def ours(self, to: str) -> list[Kept]:
        """Flickr keeps no parents: who is named first is answered, in the last they wrote."""
        kept = self.there.control("on", photo=self.photo)
        found = []
        for at, each in enumerate(kept):
            if each["author"] != self.brand:
                continue
            named = reading.named(each["text"])
            before = [one for one in kept[:at] if self.nsid(one["author"]) == named]
            if before and before[-1]["id"] == to:
                root = self._root(before[-1], kept)
                found.append(Kept(each["id"], reading.bare(each["text"]), to, root))
        return found

    def nsid(self, username: str) -> str:
        """The id of somebody."""
        return str(self.there.control("person", username=username)["nsid"])

    def _root(self, comment: dict[str, str], kept: list[dict[str, str]]) -> str:
        named = reading.named(comment["text"])
        at = kept.index(comment)
        above = [one for one in kept[:at] if self.nsid(one["author"]) == named] if named else []
        return self._root(above[-1], kept) if above else comment["id"]


class Running:
    """One Flickr for all the stages of a run."""

    def __init__(self, there: Simulator) -> None:
        self.there = there
        self.network = Network({"127.0.0.1"})

    def stage(self) -> FlickrStage:
        return FlickrStage(self.there, self.network)


@contextmanager
def far_end() -> Iterator[Running]:
    with running("flickr") as there:
        there.control("change", cap=1_000_000)
        found = Running(there)
        yield found
        found.network.close()
