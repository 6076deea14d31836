"""Many threads write at once: each gets its own answer, one writes at a time, groups form."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Lock, Thread

import pytest

from rejoinder.plumbing.group import Group

THREADS = 16


class Written:
    """What was written, group by group; doubles what it is given, and refuses thirteen."""

    def __init__(self) -> None:
        self.groups: list[list[int]] = []
        self._alone = Lock()

    def __call__(self, asked: Sequence[int]) -> list[int]:
        assert self._alone.acquire(blocking=False), "two write at once"
        try:
            self.groups.append(list(asked))
            if 13 in asked:
                raise ValueError("thirteen")
            return [2 * one for one in asked]
        finally:
            self._alone.release()


def test_one_alone_is_written_at_once() -> None:
    group = Group(written := Written())
    assert group.submit([1, 2]) == [2, 4]
    assert group.submit([]) == []
    assert written.groups == [[1, 2], []]


def test_each_of_many_gets_its_own() -> None:
    group = Group(written := Written())

    def ask(start: int) -> bool:
        wanted = [100 + start * 1000 + each for each in range(start % 4)]
        return all(group.submit(wanted) == [2 * one for one in wanted] for _ in range(100))

    with ThreadPoolExecutor(THREADS) as pool:
        assert all(pool.map(ask, range(THREADS)))
    every = [one for some in written.groups for one in some]
    assert len(every) == 100 * sum(start % 4 for start in range(THREADS))


def test_who_comes_while_somebody_writes_is_written_together() -> None:
    begun, go_on = Lock(), Lock()
    begun.acquire()
    go_on.acquire()
    groups: list[int] = []

    def write(asked: Sequence[int]) -> Sequence[int]:
        groups.append(len(asked))
        if len(groups) == 1:
            begun.release()
            go_on.acquire()
        return asked

    group = Group(write)
    threads = [Thread(target=group.submit, args=([0],))]
    threads[0].start()
    begun.acquire()
    threads += [Thread(target=group.submit, args=([number],)) for number in range(1, THREADS)]
    for thread in threads[1:]:
        thread.start()
    while len(group._waiting) < THREADS - 1:
        pass
    go_on.release()
    for thread in threads:
        thread.join(10)
        assert not thread.is_alive()
    assert groups == [1, THREADS - 1]


def test_what_fails_fails_for_its_group_and_the_next_goes_on() -> None:
    group, together = Group(Written()), Barrier(THREADS)

    def ask(number: int) -> str:
        together.wait()
        said = ""
        for _ in range(20):
            try:
                assert group.submit([number]) == [2 * number]
            except ValueError as error:
                said = str(error)
        return said

    with ThreadPoolExecutor(THREADS) as pool:
        told = list(pool.map(ask, range(THREADS)))
    assert told[13] == "thirteen"
    with pytest.raises(ValueError, match="thirteen"):
        group.submit([13])
    assert group.submit([1]) == [2]
