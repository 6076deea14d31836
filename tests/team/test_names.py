"""Colleagues as somebody types them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.team.names import MOST, Named, read


@pytest.mark.parametrize(
    ("line", "name", "email"),
    [
        ("Alice Kay <alice@example.com>", "Alice Kay", "alice@example.com"),
        ("Alice Kay, Alice@Example.com", "Alice Kay", "alice@example.com"),
        ('"Kay Alice"; <alice@example.com>', "Kay Alice", "alice@example.com"),
        ("bob.mills@example.com", "Bob Mills", "bob.mills@example.com"),
        ("  Zoë   Ångström   zoe@example.com ", "Zoë Ångström", "zoe@example.com"),
    ],
)
def test_each_way_to_write_somebody(line: str, name: str, email: str) -> None:
    assert read(line) == ([Named(name, email)], [])


def test_an_address_counts_once_and_lines_that_name_nobody_are_told() -> None:
    found, wrong = read("a@example.com\n\nA, A@example.com\nnobody\nx@y\na@b.c, d@e.f")
    assert [each.email for each in found] == ["a@example.com"]
    assert wrong == ["nobody", "x@y", "a@b.c, d@e.f"]


def test_only_so_many_at_a_time() -> None:
    found, wrong = read("\n".join(f"p{n}@example.com" for n in range(MOST + 3)))
    assert (len(found), len(wrong)) == (MOST, 3)


@given(st.text(max_size=400))
def test_every_line_is_somebody_or_is_told(typed: str) -> None:
    found, wrong = read(typed)
    lines = [line for line in (each.strip() for each in typed.splitlines()) if line]
    assert len(found) + len(wrong) <= len(lines)
    assert bool(found or wrong) == bool(lines)
    assert all(each.name and "@" in each.email for each in found)
