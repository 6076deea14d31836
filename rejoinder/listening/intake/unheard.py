"""Posts of people who asked us not to listen: they are not kept, unless they are said to us."""

from collections.abc import Sequence

from rejoinder.listening.intake.normalise import Said
from rejoinder.privacy import objections
from rejoinder.privacy.vault import Person


def kept(channel: str, fresh: Sequence[Said]) -> list[Said]:
    """Those that may be kept. Whoever names us, or writes to us alone, wants to be answered."""
    about = {one.author_id for one in fresh if not _to_us(one)}
    people = [Person(channel, author) for author in about]
    silent = {person.external_id for person in objections.of(people)} if people else set()
    return [one for one in fresh if _to_us(one) or one.author_id not in silent]


def _to_us(one: Said) -> bool:
    return one.tagged or not one.public or one.ours
