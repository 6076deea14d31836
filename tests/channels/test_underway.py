"""A film that a platform works on: brought once, asked about in time, and given up at last."""

import pytest

from rejoinder.channels import underway
from rejoinder.channels.contract import Film, Refused, TroubleError
from rejoinder.channels.underway import Underway

FILM = Film(data=b"film", alt="A hand", width=2, height=2, seconds=1)


@pytest.fixture(autouse=True)
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Time passes by what is slept, and nothing else."""
    found: list[float] = []
    monkeypatch.setattr("rejoinder.channels.underway.time.sleep", found.append)
    monkeypatch.setattr("rejoinder.channels.underway.clock.running", lambda: sum(found))
    return found


def test_it_is_asked_about_when_the_platform_says(slept: list[float]) -> None:
    told = iter([3.0, 0.1, None])
    assert underway.wait(Underway().begin(FILM, "1"), lambda: next(told)) is None
    assert slept == [3.0, underway.STEP]


def test_a_send_is_over_before_its_lease_and_the_next_one_goes_on(slept: list[float]) -> None:
    films = Underway()
    brought = films.begin(FILM, "1")
    with pytest.raises(TroubleError, match="still works on it"):
        underway.wait(brought, lambda: 4.0)
    assert sum(slept) <= underway.HERE
    assert films.find(FILM) is brought


def test_what_takes_too_long_is_refused_and_brought_anew(slept: list[float]) -> None:
    films = Underway()
    brought = films.begin(FILM, "1")
    slept.append(underway.ENOUGH + 1)
    assert films.find(FILM) is None
    assert isinstance(underway.wait(brought, lambda: 1.0), Refused)


def test_other_words_are_another_film() -> None:
    films = Underway()
    films.begin(FILM, "1")
    other = Film(data=FILM.data, alt="Two hands", width=2, height=2, seconds=1)
    assert films.find(other) is None
    films.forget(FILM)
    films.forget(FILM)
    assert films.find(FILM) is None


def test_no_more_are_kept_than_an_account_brings() -> None:
    films = Underway()
    made = [Film(data=b"%d" % n, alt="A hand", width=2, height=2, seconds=1) for n in range(100)]
    for film in made:
        films.begin(film, "1")
    assert films.find(made[-1])
    assert len(films._films) <= 20
