"""Another look at what was heard lately: no server tells of every edit and deletion."""

from collections.abc import Collection, Sequence

from msgspec import Struct
from msgspec.structs import replace

from rejoinder.channels.contract import Post
from rejoinder.channels.mastodon import reading, shapes
from rejoinder.channels.mastodon.sending import STATUSES
from rejoinder.channels.mastodon.server import Server, trouble, understood

_GONE = (404, 410)


class Recent(Struct, array_like=True, frozen=True):
    """A post heard lately: its number on the server, its address, its version, its root."""

    id: str
    uri: str
    version: str
    root: str


class Again:
    """A look at some of them; `recent` is what is left to look at later."""

    RECENT = 300  # posts that are followed
    NEWEST = 5  # of these one in each look, and one of the others
    AT_ONCE = 40  # where a server gives several in one call
    CONFIRMED = 2  # missing posts that are asked for one by one in a look

    def __init__(
        self, server: Server, recent: Sequence[Recent], turn: int, *, several: bool
    ) -> None:
        self._server = server
        self._turn = turn
        self.recent = list(recent)
        self.several = several

    def of(self, numbers: Collection[str]) -> list[Post | shapes.Status]:
        """The same of those alone of which the server told that something happened to them."""
        told = [place for place in self.recent if place.id in numbers]
        found = [self._change(place, self._one(place)) for place in told]
        return [change for change in found if change is not None]

    def changes(self) -> list[Post | shapes.Status]:
        """News of deletions, and the posts that were edited. Raises TroubleError."""
        doubtful = self._glance() if self.several and self.recent else None
        if doubtful is None:
            newest, older = self.recent[-self.NEWEST :], self.recent[: -self.NEWEST]
            doubtful = [*_one(newest, self._turn), *_one(older, self._turn)]
        found = [self._change(place, self._one(place)) for place in doubtful]
        return [change for change in found if change is not None]

    def _glance(self) -> list[Recent] | None:
        """Those to look at more closely; None where the server gives one at a time."""
        half = self.AT_ONCE // 2
        newest, older = self.recent[-half:], self.recent[:-half]
        first = self._turn * half % len(older) if older else 0
        batch = [*newest, *(older + older)[first : first + min(half, len(older))]]
        answer = self._server.look(STATUSES, {"id[]": [place.id for place in batch]})
        if answer.status != 200:
            self.several = False
            return None
        found = {each.id: each for each in understood(answer, list[shapes.Status])}
        edited = [
            place
            for place in batch
            if place.id in found and reading.version(found[place.id]) != place.version
        ]
        missing = [place for place in batch if place.id not in found]
        return edited + missing[: self.CONFIRMED]

    def _one(self, place: Recent) -> shapes.Status | None:
        """The post as it is now; None when it is gone."""
        answer = self._server.look(f"{STATUSES}/{place.id}")
        if answer.status in _GONE:
            return None
        if answer.status != 200:
            raise trouble(answer)
        return understood(answer, shapes.Status)

    def _change(self, place: Recent, now: shapes.Status | None) -> Post | shapes.Status | None:
        if now is None:
            self.recent.remove(place)
            return Post(external_id=place.uri, kind="delete")
        if reading.version(now) == place.version:
            return None
        edited = replace(place, id=now.id, version=reading.version(now))
        self.recent[self.recent.index(place)] = edited
        return now


def _one(places: Sequence[Recent], turn: int) -> list[Recent]:
    return [places[turn % len(places)]] if places else []
