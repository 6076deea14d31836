"""The posts that the project wrote, and their labels."""

from pathlib import Path

import msgspec

HERE = Path(__file__).parent
FRESH = "fresh-"  # how the ids of held-back posts begin that were asked once, at the end


class Labels(msgspec.Struct, kw_only=True):
    """How a post was judged; docs/labelling.md says what each label means."""

    need: str
    intent: str
    sentiment: str
    abuse: bool
    strong: bool
    sarcasm: bool
    safety: str | None


class Post(Labels, kw_only=True):
    """One labelled post."""

    id: str
    text: str
    lang: str

    @property
    def urgent(self) -> bool:
        """Whether urgent is its need, which has a head of its own."""
        return self.need == "urgent"

    @property
    def relative(self) -> bool:
        """The same, for the head that learns from posts about relatives alone."""
        return self.urgent


def learned() -> list[Post]:
    """What the shipped model learns from, in an order that does not change."""
    return _read("posts")


def pairs() -> list[Post]:
    """What only the head of relatives learns from: errands, and dangers that sound like them."""
    return _read("pairs")


def held_back() -> list[Post]:
    """What it never sees and is measured on."""
    return [post for post in _read("held_back") if not post.id.startswith(FRESH)]


def fresh() -> list[Post]:
    """What it never sees either, and what no threshold was chosen with."""
    return [post for post in _read("held_back") if post.id.startswith(FRESH)]


def _read(folder: str) -> list[Post]:
    files = sorted((HERE / folder).glob("*.jsonl"))
    lines = [line for file in files for line in file.read_bytes().splitlines() if line.strip()]
    return [msgspec.json.decode(line, type=Post) for line in lines]
