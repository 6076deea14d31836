"""The right edge of a tree says what the whole tree says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.plumbing.merkle.frontier import Frontier
from rejoinder.plumbing.merkle.tree import Tree, leaf_hash


@given(st.integers(min_value=0, max_value=300))
def test_its_head_is_that_of_the_whole_tree(size: int) -> None:
    leaves = [leaf_hash(b"%d" % number) for number in range(size)]
    edge = Frontier()
    for leaf in leaves:
        edge.add(leaf)
    assert (edge.size, edge.head()) == (size, Tree(leaves).head())


@given(st.integers(min_value=0, max_value=200), st.integers(min_value=0, max_value=100))
def test_packed_and_unpacked_it_goes_on_as_before(first: int, more: int) -> None:
    leaves = [leaf_hash(b"%d" % number) for number in range(first + more)]
    edge = Frontier()
    for leaf in leaves[:first]:
        edge.add(leaf)
    edge = Frontier.of(first, edge.packed)
    for leaf in leaves[first:]:
        edge.add(leaf)
    assert edge.head() == Tree(leaves).head()


def test_it_names_each_complete_subtree_once() -> None:
    edge = Frontier()
    leaves = [leaf_hash(b"%d" % number) for number in range(8)]
    nodes = [node for leaf in leaves for node in edge.add(leaf)]
    assert len({(node.level, node.number) for node in nodes}) == len(nodes) == 8 + 4 + 2 + 1
    found = {(node.level, node.number): node.hash for node in nodes}
    assert found[3, 0] == Tree(leaves).head()
    assert found[2, 1] == Tree(leaves[4:]).head()


def test_subtrees_that_do_not_fit_the_size_are_refused() -> None:
    with pytest.raises(ValueError, match="3 leaves are 2 subtrees"):
        Frontier(3, [bytes(32)])
