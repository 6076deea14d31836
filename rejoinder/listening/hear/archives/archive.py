"""An archive that a platform gave out, as an export: its posts one after the other."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from rejoinder.listening.hear.archives import kinds
from rejoinder.listening.hear.archives.car import Car, is_car
from rejoinder.listening.hear.archives.members import Packed, packed
from rejoinder.listening.hear.exports import BadFileError, Export, Record

_CHUNK = 1 << 20


class Archive:
    """One file with many posts, as `importing.bring_in` reads it."""

    foreign = 0
    has_head = False

    def __init__(self, path: Path, inner: Packed | Car) -> None:
        self.path = path
        self.size = path.stat().st_size
        self._inner = inner

    def fingerprint(self) -> str:
        """SHA-256 of the file, in hex."""
        with self.path.open("rb") as file:
            digest = hashlib.sha256()
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
            return digest.hexdigest()

    def position(self) -> int:
        """Bytes of the file read so far."""
        return min(self.size, self._inner.position())

    def records(self) -> Iterator[Record]:
        """Every post, numbered through all files. Raises BadFileError."""
        if isinstance(self._inner, Car):
            yield from self._inner.records()
            return
        whose = ""
        for member in self._inner.members(kinds.about):
            whose = whose or kinds.owner(member)
        number = 0
        for member in self._inner.members(kinds.posts):
            for record in kinds.records(member, whose):
                number += 1
                yield record._replace(line=number)
        if not number:
            raise BadFileError(
                f"{self.path.name} holds no posts that the desk knows: it reads the archives of X, "
                "Mastodon, Bluesky (CAR) and Google Takeout (Google+)"
            )


def opened(path: Path) -> Export | Archive:
    """A file to import, whatever it is. Raises BadFileError."""
    try:
        inner = packed(path) or (Car(path) if is_car(path) else None)
    except OSError as error:
        raise BadFileError(f"{path} cannot be opened: {error.strerror}") from None
    return Archive(path, inner) if inner else Export(path)
