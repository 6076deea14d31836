"""The posts and labels keep the shape and the lists of the guidelines."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

TRAINING = Path(__file__).parents[2] / "training"
POSTS = sorted((TRAINING / "posts").glob("*.jsonl"))
PAIRS = sorted((TRAINING / "pairs").glob("*.jsonl"))
HELD_BACK = sorted((TRAINING / "held_back").glob("*.jsonl"))
SAMPLE = ("first", "second", "agreed")
SOUGHT = ("sought", "sought_second", "sought_agreed")
LABELS = [TRAINING / "labels" / f"{name}.jsonl" for name in (*SAMPLE, *SOUGHT)]

LISTS: dict[str, set[Any]] = {
    "need": {"urgent", "specific", "common", "vent", "abuse", "none"},
    "intent": {
        *("outage", "coverage", "billing", "sales", "account", "device", "privacy"),
        *("complaint", "praise", "churn", "phishing", "not-us", "other"),
    },
    "sentiment": {"negative", "neutral", "positive"},
    "abuse": {True, False},
    "strong": {True, False},
    "sarcasm": {True, False},
    "safety": {None, "self-harm", "threat", "domestic-abuse", "stalking"},
}
REAL_BRANDS = {"vodafone", "o2 uk", "@ee", "@three", "giffgaff", "verizon", "@sprint", "comcast"}
REAL_LOOKING = re.compile(r"(?<![\d.])(?:\+44|0)[1-37]\d[\d ]{8,}")
MADE_UP = re.compile(r"07700 900|01999 ?4")


def lines(*files: Path) -> Iterator[dict[str, Any]]:
    for file in files:
        yield from map(json.loads, file.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize(
    "file",
    [*POSTS, *PAIRS, *HELD_BACK, *LABELS],
    ids=lambda file: f"{file.parent.name}-{file.stem}",
)
def test_labels_are_on_the_closed_lists(file: Path) -> None:
    for row in lines(file):
        assert {field for field, allowed in LISTS.items() if row[field] not in allowed} == set()


@pytest.mark.parametrize(
    "file",
    [*POSTS, *PAIRS, *HELD_BACK, *LABELS],
    ids=lambda file: f"{file.parent.name}-{file.stem}",
)
def test_labels_do_not_contradict_each_other(file: Path) -> None:
    for row in lines(file):
        assert row["safety"] is None or row["need"] == "urgent", row
        assert row["need"] != "abuse" or row["abuse"], row
        assert row["intent"] != "praise" or row["sentiment"] != "negative", row


@pytest.mark.parametrize("file", [*POSTS, *PAIRS, *HELD_BACK], ids=lambda file: file.stem)
def test_a_post_has_its_fields_and_nothing_else(file: Path) -> None:
    for row in lines(file):
        assert list(row) == ["id", "text", "lang", *LISTS]
        assert re.fullmatch("[a-z]{2}", row["lang"])
        assert row["text"].strip()
        assert len(row["text"]) <= 500


@pytest.mark.parametrize(
    ("field", "files"), [("id", [*POSTS, *PAIRS]), ("text", [*POSTS, *PAIRS, *HELD_BACK])]
)
def test_no_post_stands_twice(field: str, files: list[Path]) -> None:
    seen = Counter(row[field].casefold() for row in lines(*files))
    assert [value for value, times in seen.items() if times > 1] == []


def test_numbers_and_brands_are_made_up() -> None:
    for row in lines(*POSTS, *PAIRS):
        text = row["text"].casefold()
        assert [brand for brand in REAL_BRANDS if brand in text] == []
        assert [n for n in REAL_LOOKING.findall(text) if not MADE_UP.search(n)] == []


def test_labels_of_public_posts_carry_no_text() -> None:
    for row in lines(*LABELS):
        assert list(row) == ["key", *LISTS]
        assert re.fullmatch(r"[\w./-]+:[\w-]+", row["key"])


def test_there_are_enough_posts_of_every_kind() -> None:
    rows = list(lines(*POSTS))
    assert len(rows) >= 1_500
    languages = Counter(row["lang"] for row in rows)
    assert min(languages[code] for code in ("en", "de")) >= 190  # a few posts are in others
    for field, least in {"need": 70, "intent": 40, "sentiment": 70}.items():
        counted = Counter(row[field] for row in rows)
        assert min(counted.values()) >= least, counted
    cards = Counter(row["safety"] for row in rows)
    assert min(cards[kind] for kind in LISTS["safety"]) >= 20, cards


@pytest.mark.parametrize(("names", "least"), [(SAMPLE, 1_000), (SOUGHT, 100)])
def test_public_posts_were_labelled_twice_and_settled(names: tuple[str, ...], least: int) -> None:
    files = [TRAINING / "labels" / f"{name}.jsonl" for name in names]
    first, second, agreed = ({row["key"]: row for row in lines(file)} for file in files)
    assert len(agreed) >= least
    assert first.keys() == second.keys() == agreed.keys()
    for key, row in agreed.items():
        for field in LISTS:
            assert row[field] in {first[key][field], second[key][field]}
