"""The readings an organisation taught its desk, for the careful reader."""

import logging
from collections.abc import Sequence
from pathlib import Path

from rejoinder.listening.embedding.embed import Vectors
from rejoinder.listening.learn import own, store
from rejoinder.listening.learn.field import Guess

_log = logging.getLogger(__name__)


class Taught:
    """Those of a folder, taken in anew when `rejoinder train` wrote there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._own, self._seen = own.Own({}), self._files()
        self._load()

    def read(self, texts: Sequence[str], vectors: Vectors) -> list[dict[str, Guess]]:
        """For each text what each reading says of it; vectors are embed(texts)."""
        if (files := self._files()) != self._seen:
            self._seen = files
            self._load()
        return self._own.read(texts, vectors)

    def _files(self) -> list[tuple[str, int]]:
        found = (store.path(self._folder, name) for name in store.fields(self._folder))
        return [(file.name, file.stat().st_mtime_ns) for file in found]

    def _load(self) -> None:
        """One that cannot be read stops no mention: the desk goes on with what it had."""
        try:
            self._own = own.load(self._folder)
        except store.BadModelError as error:
            _log.error("%s. The desk reads on without it; train it again.", error)
