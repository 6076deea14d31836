"""The readings an organisation taught its desk: `own[NAME]` of a post."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rejoinder.listening.embedding.embed import Vectors, embed
from rejoinder.listening.learn import store
from rejoinder.listening.learn.field import Field, Guess, seen


@dataclass(frozen=True)
class Own:
    """All readings of a folder, in memory."""

    fields: dict[str, Field]

    def read(self, texts: Sequence[str], vectors: Vectors | None = None) -> list[dict[str, Guess]]:
        """For each text what each reading says of it; vectors are embed(texts), if known."""
        if not self.fields or not texts:
            return [{} for _ in texts]
        posts = seen(texts, embed(texts) if vectors is None else vectors)
        said = [field.guesses(posts) for field in self.fields.values()]
        return [dict(zip(self.fields, each, strict=True)) for each in zip(*said, strict=True)]


def load(directory: Path) -> Own:
    """All readings in a folder; none when there is no folder. Raises store.BadModelError."""
    return Own({name: store.load(directory, name) for name in store.fields(directory)})
