"""Told when something leaves the outbox: rooms above register what follows for their own rows."""

from collections.abc import Callable

from rejoinder.outbox.models import Publication, Reply

Follow = Callable[[Reply], None]
FollowPublication = Callable[[Publication], None]
_follows: list[Follow] = []
_publications: list[FollowPublication] = []


def follow(what: Follow) -> None:
    """Call this for every reply sent, refused or withdrawn, in the transaction that says so."""
    if what not in _follows:
        _follows.append(what)


def follow_publications(what: FollowPublication) -> None:
    """The same for every publication."""
    if what not in _publications:
        _publications.append(what)


def tell(reply: Reply) -> None:
    """The reply's new state is on its row."""
    for what in _follows:
        what(reply)


def tell_publication(publication: Publication) -> None:
    """The publication's new state is on its row."""
    for what in _publications:
        what(publication)
