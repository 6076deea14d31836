"""Who is where, from open streams and the last keys pressed, and what changed. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

TYPING = timedelta(seconds=8)  # drafts are saved every five seconds while somebody types
BEAT = timedelta(seconds=20)
GONE = timedelta(seconds=60)  # a door that has not said for so long that it lives does not

Place = tuple[int, UUID]  # an advisor, a conversation
Whole = dict[Place, bool]  # whether they type


def whole(streams: Mapping[Place, int], typed: Mapping[Place, datetime], now: datetime) -> Whole:
    """Everybody who has a stream open, and whether they type."""
    return {
        place: place in typed and now - typed[place] < TYPING
        for place, many in streams.items()
        if many > 0
    }


def touched(before: Mapping[Place, bool], after: Mapping[Place, bool]) -> set[UUID]:
    """The conversations in which something is other than before."""
    places = before.keys() | after.keys()
    return {place[1] for place in places if before.get(place) != after.get(place)}
