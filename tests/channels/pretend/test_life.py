"""The people of the demo: many, kind to read, of every sort, and the same for the same seed."""

import pytest

from rejoinder.channels.pretend.life import OPENING, Life, words
from rejoinder.channels.pretend.world import LONGEST, World, length


def test_they_say_many_different_things_before_one_comes_again() -> None:
    life = Life("Northwind Mobile", "northwindmobile", 1)
    said = [wish.text for _ in words().says if not (wish := life.next()).private]
    assert len(words().says) >= 60
    assert len(set(said)) == len(said)


def test_now_and_then_somebody_writes_to_the_brand_alone() -> None:
    life = Life("Northwind Mobile", "northwindmobile", 1)
    private = [wish for _ in range(100) if (wish := life.next()).private]
    assert len(private) == 9
    assert all("@northwindmobile" in wish.text for wish in private)


def test_all_of_it_fits_and_is_filled_in() -> None:
    life = Life("Northwind Mobile", "northwindmobile", 2)
    texts = [life.next().text for _ in range(300)]
    texts += [wish.text for _ in range(100) if (wish := life.answer("Tom Barrow"))]
    for text in texts:
        assert length(text) <= LONGEST
        assert "{" not in text


def test_some_tag_us_some_do_not_and_some_are_urgent_or_german() -> None:
    says = words().says
    tagged = [text for text in says if "{tag}" in text]
    assert 0.6 < len(tagged) / len(says) < 0.9
    assert any("999" in text for text in says)
    assert any("fall alarm" in text for text in says)
    assert sum("Rechnung" in text or "Netz" in text or "ich" in text for text in says) >= 3
    assert all("{tag}" in text or "{brand}" in text or "ad knows" in text for text in says)


def test_the_same_seed_is_the_same_day() -> None:
    one, other = (Life("Northwind Mobile", "northwindmobile", 7) for _ in range(2))
    assert [one.next() for _ in range(20)] == [other.next() for _ in range(20)]


def test_it_opens_quickly_so_that_a_new_desk_has_something_to_show() -> None:
    life = Life("Northwind Mobile", "northwindmobile", 3)
    assert sum(life.next().after for _ in range(OPENING)) < 15


@pytest.mark.parametrize(
    ("name", "handle"), [("Zoë Marlow", "zoëmarlow"), ("Dev Anand Rao", "devanandrao")]
)
def test_a_handle_is_a_name_without_spaces(name: str, handle: str) -> None:
    assert World(name).handle == handle
