"""What a film of a reply may be: as its channel says, and never more than the desk takes."""

from collections.abc import Sequence
from math import ceil

from django.db.models.functions import Length

from rejoinder.channels import registry
from rejoinder.channels.contract import FilmLimit
from rejoinder.desk import refusals
from rejoinder.listening.models import Conversation
from rejoinder.outbox.models import Picture
from rejoinder.plumbing import film
from rejoinder.plumbing.film import Filmed, NoFilmError


def limit(conversation: Conversation, *, private: bool) -> FilmLimit | None:
    """In bytes and seconds; None where a reply to it carries no film."""
    channel = registry.channels().get(conversation.channel)
    if channel is None or (private and channel.can.private and not channel.can.private_film):
        return None
    account = conversation.account
    there = channel.film_limit(account.settings if account else {})
    if there is None:
        return None
    return FilmLimit(size=min(there.size, film.MOST), seconds=min(there.seconds, film.LONGEST))


def made(data: bytes, allowed: FilmLimit | None) -> Filmed:
    """The film as it leaves. Raises CannotError."""
    require_size(len(data), allowed)
    try:
        found = film.ours(data)
    except NoFilmError as error:
        raise refusals.no_film(str(error)) from None
    _fits(len(found.data), ceil(found.seconds), allowed)
    return found


def require_size(size: int, allowed: FilmLimit | None) -> None:
    """Whether a file of so many bytes is worth reading. Raises CannotError."""
    if allowed is None:
        raise refusals.no_film_here()
    if size > allowed.size:
        raise refusals.film_too_large(allowed.size)


def require(conversation: Conversation, rows: Sequence[Picture], *, private: bool) -> None:
    """Whether the film among what a draft carries can leave. Raises CannotError."""
    films = [row for row in rows if row.seconds]
    if not films:
        return
    if len(rows) > 1:
        raise refusals.film_alone()
    made = films[0]
    _fits(_size(made), made.seconds, limit(conversation, private=private))


def _fits(size: int, seconds: int, allowed: FilmLimit | None) -> None:
    require_size(size, allowed)
    if allowed and seconds > allowed.seconds:
        raise refusals.film_too_long(allowed.seconds)


def _size(row: Picture) -> int:
    """In bytes, without reading them."""
    found = Picture.objects.filter(pk=row.pk).annotate(size=Length("data"))
    return int(found.values_list("size", flat=True).get())
