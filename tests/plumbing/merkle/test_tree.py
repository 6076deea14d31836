"""The Merkle tree against the rules of RFC 6962, written down again as the RFC says them."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.plumbing.merkle.tree import Tree, leaf_hash
from rejoinder.plumbing.merkle.verify import consistent, included

ENTRIES = st.lists(st.binary(max_size=20), max_size=70)


def split(n: int) -> int:
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def mth(entries: list[bytes]) -> bytes:
    """Section 2.1, the Merkle Tree Hash."""
    if not entries:
        return sha256(b"").digest()
    if len(entries) == 1:
        return sha256(b"\x00" + entries[0]).digest()
    k = split(len(entries))
    return sha256(b"\x01" + mth(entries[:k]) + mth(entries[k:])).digest()


def path(m: int, entries: list[bytes]) -> list[bytes]:
    """Section 2.1.1, the audit path."""
    if len(entries) == 1:
        return []
    k = split(len(entries))
    if m < k:
        return [*path(m, entries[:k]), mth(entries[k:])]
    return [*path(m - k, entries[k:]), mth(entries[:k])]


def subproof(m: int, entries: list[bytes], *, whole: bool) -> list[bytes]:
    """Section 2.1.2, the consistency proof."""
    if m == len(entries):
        return [] if whole else [mth(entries)]
    k = split(len(entries))
    if m <= k:
        return [*subproof(m, entries[:k], whole=whole), mth(entries[k:])]
    return [*subproof(m - k, entries[k:], whole=False), mth(entries[:k])]


def tree(entries: list[bytes]) -> Tree:
    return Tree(leaf_hash(entry) for entry in entries)


def test_the_heads_of_small_trees_are_those_that_every_log_has() -> None:
    # Published test data of certificate transparency: these eight entries, these heads.
    entries = [bytes.fromhex(each) for each in
               ("", "00", "10", "2021", "3031", "40414243", "5051525354555657",
                "606162636465666768696a6b6c6d6e6f")]  # fmt: skip
    heads = {
        0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    }
    assert {size: tree(entries).head(size).hex() for size in heads} == heads


@given(ENTRIES, st.data())
def test_every_head_is_the_rfcs(entries: list[bytes], data: st.DataObject) -> None:
    size = data.draw(st.integers(0, len(entries)))

    assert tree(entries).head(size) == mth(entries[:size])
    assert tree(entries).head() == mth(entries)


@given(ENTRIES.filter(bool), st.data())
def test_every_leaf_is_proved_and_nothing_else(entries: list[bytes], data: st.DataObject) -> None:
    size = data.draw(st.integers(1, len(entries)))
    place = data.draw(st.integers(0, size - 1))
    grown, leaf = tree(entries), leaf_hash(entries[place])
    proof, head = grown.inclusion(place, size), grown.head(size)

    assert proof == path(place, entries[:size])
    assert included(leaf, place, size, proof, head)
    assert not included(leaf_hash(entries[place] + b"!"), place, size, proof, head)
    assert not included(leaf, place, size, [*proof, leaf], head)
    assert not included(leaf, size, size, proof, head)
    if proof:
        assert not included(leaf, place, size, proof[:-1], head)


@given(ENTRIES.filter(bool), st.data())
def test_a_log_that_only_grew_is_proved_and_a_changed_one_is_not(
    entries: list[bytes], data: st.DataObject
) -> None:
    first = data.draw(st.integers(1, len(entries)))
    grown = tree(entries)
    older, head = grown.head(first), grown.head()
    proof = grown.consistency(first)

    assert proof == subproof(first, entries, whole=True)
    assert consistent(first, older, len(entries), head, proof)
    place = data.draw(st.integers(0, first - 1))
    changed = tree([*entries[:place], entries[place] + b"!", *entries[place + 1 :]])
    again = changed.consistency(first)
    assert not consistent(first, older, len(entries), changed.head(), again)
    assert not consistent(first, older, len(entries), head, [*proof, head])
    if len(proof) > 1:
        assert not consistent(first, older, len(entries), head, proof[:-1])


def test_nothing_is_proved_of_what_is_not_there() -> None:
    grown = tree([b"one", b"two"])

    for ask in (lambda: grown.head(3), lambda: grown.inclusion(2), lambda: grown.consistency(3)):
        with pytest.raises(ValueError, match="has 2 entries"):
            ask()
    assert grown.consistency(0) == []
    assert not consistent(0, grown.head(0), 2, grown.head(), [])
    assert not consistent(3, grown.head(), 2, grown.head(), [])
    assert not consistent(1, grown.head(1), 2, grown.head(), [])
