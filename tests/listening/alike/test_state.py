"""What was learned outlives the process, and a broken file is said to be one."""

from pathlib import Path

import numpy as np
import pytest

from rejoinder.listening.alike import state
from rejoinder.listening.alike.alike import Alike
from tests.listening.alike.stage import DIMENSIONS, Posts, heard, posts, taught


@pytest.fixture
def some() -> Posts:
    return posts(questions=6, each=50)


def test_a_state_goes_on_as_if_nothing_had_been(tmp_path: Path, some: Posts) -> None:
    alike = Alike(DIMENSIONS)
    taught(alike, some, 0, 150)
    state.save(alike, tmp_path)
    again = state.load(tmp_path, DIMENSIONS)
    assert again is not None
    for one in (alike, again):
        taught(one, some, 150, 220)
    assert heard(again, some, 220) == heard(alike, some, 220)
    assert again.cards() == alike.cards()
    assert again.quality() == alike.quality()


def test_a_label_reaches_a_post_from_before_a_restart(tmp_path: Path, some: Posts) -> None:
    alike = Alike(DIMENSIONS)
    heard(alike, some, 0, 100)
    state.save(alike, tmp_path)
    again = state.load(tmp_path, DIMENSIONS)
    assert again is not None
    again.label(some.ids[3], some.questions[3])
    assert again.questions.names == [some.questions[3]]


def test_an_empty_folder_holds_no_state(tmp_path: Path) -> None:
    assert state.load(tmp_path, DIMENSIONS) is None


def test_nothing_but_the_state_is_left_in_the_folder(tmp_path: Path) -> None:
    for _ in range(2):
        state.save(Alike(DIMENSIONS), tmp_path / "new" / "folder")
    assert [p.name for p in (tmp_path / "new" / "folder").iterdir()] == [state.FILE]


@pytest.mark.parametrize("broken", [b"", b"nonsense", b"PK\x03\x04 and no more"])
def test_a_broken_file_is_said_to_be_one(tmp_path: Path, broken: bytes) -> None:
    (tmp_path / state.FILE).write_bytes(broken)
    with pytest.raises(state.BadStateError, match="is not a state of alike, or is broken"):
        state.load(tmp_path, DIMENSIONS)


def test_a_file_cut_short_or_from_elsewhere_is_said_to_be_one(tmp_path: Path) -> None:
    state.save(Alike(DIMENSIONS), tmp_path)
    path = tmp_path / state.FILE
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(state.BadStateError):
        state.load(tmp_path, DIMENSIONS)
    np.savez(path, other=np.ones(3))
    with pytest.raises(state.BadStateError):
        state.load(tmp_path, DIMENSIONS)


def test_another_embedding_is_not_mixed_in(tmp_path: Path) -> None:
    state.save(Alike(DIMENSIONS), tmp_path)
    with pytest.raises(state.BadStateError, match="another embedding"):
        state.load(tmp_path, DIMENSIONS * 2)
