"""The first watch, proposed from the organisation's name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.listening.watch.parse import parse
from rejoinder.web.setup.brand import proposed


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Northwind Mobile Ltd.", '"Northwind Mobile" OR "NorthwindMobile"'),
        ("Northwind", '"Northwind"'),
        ("Stadtwerke Köln GmbH & Co. KG", '"Stadtwerke Köln" OR "StadtwerkeKöln"'),
        ("AT&T", '"AT&T"'),
        ("AND", '"AND"'),
        ("!!", ""),
    ],
)
def test_as_people_write_it(name: str, words: str) -> None:
    assert proposed(name) == words


@given(st.text(max_size=80))
def test_whatever_the_name_the_watch_can_be_read(name: str) -> None:
    words = proposed(name)
    if words:
        parse(words)
