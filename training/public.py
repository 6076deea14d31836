"""The public posts that were labelled: labels from here, texts from where the posts lie."""

import csv
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import msgspec

from training.posts import HERE, Labels, Post

TEXT = "text"  # what the column of the text is called, or ends in


class Labelled(Labels, kw_only=True):
    """A line of `labels/`: of which row of which file, and how it was judged."""

    key: str


def public(folder: Path, name: str = "agreed") -> list[Post]:
    """The labelled posts with their texts. FileNotFoundError when a file of theirs is missing."""
    lines = (HERE / "labels" / f"{name}.jsonl").read_bytes().splitlines()
    labels = [msgspec.json.decode(line, type=Labelled) for line in lines]
    return [_post(folder, label) for label in labels]


def texts(folder: Path) -> Iterator[str]:
    """Every text of the files that posts were labelled in, also of rows without a label."""
    lines = (HERE / "labels" / "agreed.jsonl").read_bytes().splitlines()
    keys = [msgspec.json.decode(line, type=Labelled).key for line in lines]
    for file in sorted({key.rsplit(":", 1)[0] for key in keys}):
        yield from _texts(folder / file)


def _post(folder: Path, label: Labelled) -> Post:
    file, row = label.key.rsplit(":", 1)
    said = {field: getattr(label, field) for field in Labels.__struct_fields__}
    return Post(id=label.key, text=_texts(folder / file)[int(row)], lang="", **said)


@cache
def _texts(file: Path) -> Sequence[str]:
    if file.suffix != ".csv":
        return file.read_text(encoding="utf-8").split("\n")
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    column = next(name for name in rows[0] if name.lower().endswith(TEXT))
    return [row[column] for row in rows]
