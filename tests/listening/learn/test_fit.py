"""What is taught is learned, judged on texts held back, and kept only when it is better."""

from pathlib import Path
from shutil import copytree

import numpy as np
import pytest

from rejoinder.listening.embedding.embed import embed
from rejoinder.listening.learn import own, store
from rejoinder.listening.learn.fit import Report, fit
from rejoinder.listening.learn.folds import folds, kept_back
from rejoinder.listening.learn.labels import Label, TooLittleError
from rejoinder.listening.learn.store import BadModelError, Kept
from tests.listening.learn.made_up import labels


@pytest.fixture(scope="module")
def taught(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Report]:
    folder = tmp_path_factory.mktemp("model")
    return folder, fit(folder, "topic", labels(240))


def test_what_is_taught_is_read(taught: tuple[Path, Report]) -> None:
    folder, report = taught
    assert (report.before, report.kept) == (None, "new")
    assert report.after.macro_f1 > 0.9
    fresh = labels(300, seed=9)[-60:]
    read = own.load(folder).read([one.text for one in fresh])
    right = [said["topic"].label == one.label for said, one in zip(read, fresh, strict=True)]
    assert np.mean(right) > 0.9
    assert all(0 <= said["topic"].confidence <= 1 for said in read)


def test_a_post_about_nothing_taught_is_read_without_confidence(
    taught: tuple[Path, Report],
) -> None:
    reader = own.load(taught[0])
    known, strange = reader.read(
        ["my bill is wrong again at work", "kittens dance beneath a purple comet"]
    )
    assert known["topic"].confidence > strange["topic"].confidence + 0.1


def test_vectors_that_are_known_are_not_computed_again(taught: tuple[Path, Report]) -> None:
    reader, texts = own.load(taught[0]), ["no signal again", "thank you so much"]
    assert reader.read(texts, embed(texts)) == reader.read(texts)
    assert reader.read([]) == []
    hostile = ["", "\0", "\ud800", "x" * 1_000_000]
    assert len(reader.read(hostile)) == len(hostile)


def test_the_same_labels_teach_the_same(taught: tuple[Path, Report], tmp_path: Path) -> None:
    assert fit(tmp_path, "topic", labels(240)) == taught[1]
    texts = [one.text for one in labels(50, seed=3)]
    assert own.load(tmp_path).read(texts) == own.load(taught[0]).read(texts)


def test_the_better_of_two_is_kept(taught: tuple[Path, Report], tmp_path: Path) -> None:
    good = labels(240)
    copytree(taught[0], tmp_path, dirs_exist_ok=True)
    before = store.path(tmp_path, "topic").read_bytes()
    names = ["bill", "signal", "thanks"]
    back = kept_back([one.text for one in good])
    wrong = [
        one if held else Label(one.text, names[(names.index(one.label) + 1) % 3])
        for one, held in zip(good, back, strict=True)
    ]
    worse = fit(tmp_path, "topic", wrong)
    assert worse.kept == "old"
    assert worse.before is not None
    assert worse.before.macro_f1 > worse.after.macro_f1
    assert store.path(tmp_path, "topic").read_bytes() == before


def test_a_train_that_dies_while_writing_leaves_the_old_one(
    taught: tuple[Path, Report], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copytree(taught[0], tmp_path, dirs_exist_ok=True)
    before = store.path(tmp_path, "topic").read_bytes()

    field = store.load(tmp_path, "topic")

    def die(*given: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", die)
    with pytest.raises(KeyboardInterrupt):
        store.save(tmp_path, "topic", Kept(field, field, 240, taught[1].after))
    assert store.path(tmp_path, "topic").read_bytes() == before
    assert store.fields(tmp_path) == ["topic"]
    assert own.load(tmp_path).fields


def test_a_damaged_or_foreign_file_is_said_so(taught: tuple[Path, Report], tmp_path: Path) -> None:
    whole = store.path(taught[0], "topic").read_bytes()
    for content in (b"", b"PK\x03\x04 nothing", whole[: len(whole) // 2]):
        store.path(tmp_path, "topic").write_bytes(content)
        with pytest.raises(BadModelError):
            own.load(tmp_path)
    np.savez(store.path(tmp_path, "topic"), other=np.zeros(3))
    with pytest.raises(BadModelError, match="no learned reading"):
        own.load(tmp_path)


@pytest.mark.parametrize("name", ["", "../up", "a/b", ".hidden", "x" * 70, "new\nline"])
def test_a_name_that_is_no_file_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="cannot name a reading"):
        fit(tmp_path, name, labels(60))


def test_too_few_texts_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TooLittleError):
        fit(tmp_path, "topic", labels(4))
    assert not list(tmp_path.iterdir())


def test_copies_stand_on_one_side() -> None:
    texts = [f"RT @tom{i}: no signal at all! https://example.com/{i}" for i in range(40)]
    assert len(set(kept_back(texts).tolist())) == 1
    assert len(set(folds(texts, np.zeros(40, np.intp)).tolist())) == 1
