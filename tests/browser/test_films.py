"""A film put beside the reply box, played there and in the thread, by a real browser."""

from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests import films
from tests.browser.conftest import Come
from tests.browser.desk import Desk, press
from tests.browser.test_accessible import WINDOWS, complaints, too_wide

pytestmark = pytest.mark.real

SHOWS = "A hand holds both buttons of a phone until it starts again"
PLAYS = """async (film) => {
    const before = film.readyState;
    film.muted = true;
    await film.play();
    await new Promise((done) => film.addEventListener("ended", done));
    return [before, film.error, film.videoWidth, film.videoHeight, Math.round(film.duration)];
}"""


def plays(page: Page, where: str) -> Any:
    """Nothing is loaded before; then it plays to its end, in its size."""
    return page.locator(f"{where} video").evaluate(PLAYS)


@pytest.mark.parametrize("window", WINDOWS)
def test_axe_finds_nothing_beside_a_film(desk: Desk, come: Come, window: str) -> None:
    talk = desk.do("says", name="Tom", text="how do I restart it?")
    desk.do("link", name="Alice")
    desk.do("takes", name="Alice", talk=talk)
    page = come("Alice", **WINDOWS[window])
    page.goto(f"{desk.address}/c/{talk}")
    page.locator("#pictures summary").click()
    assert complaints(page) == []
    film = FilePayload(name="film.mp4", mimeType="video/mp4", buffer=films.film(1))
    page.locator("#picture-file").set_input_files(film)
    page.get_by_role("button", name="Put it to the reply").click()
    expect(page.locator("#pictures video")).to_be_visible()
    assert (complaints(page), too_wide(page)) == ([], 0)


def test_a_film_is_put_in_played_said_in_words_and_sent(desk: Desk, come: Come) -> None:
    talk = desk.do("says", name="Tom", text="how do I restart it?")
    desk.do("link", name="Alice")
    desk.do("takes", name="Alice", talk=talk)
    page = come("Alice")
    page.goto(f"{desk.address}/c/{talk}")
    press(page, "r")
    page.keyboard.insert_text("Hold both buttons, as here.")

    page.locator("#pictures summary").click()
    expect(page.get_by_text("up to 50 MB and 180 seconds")).to_be_visible()
    film = FilePayload(name="alice at home.mp4", mimeType="video/mp4", buffer=films.film(1))
    page.locator("#picture-file").set_input_files(film)
    page.get_by_role("button", name="Put it to the reply").click()

    expect(page.locator("#pictures summary")).to_have_text("1 film")
    expect(page.locator("#reply")).to_have_value("Hold both buttons, as here.")
    assert plays(page, "#pictures") == [0, None, 160, 96, 1]
    shows = page.get_by_label("What it shows and says")
    with page.expect_response("**/draft"):
        shows.fill(SHOWS)
    page.goto(f"{desk.address}/c/{talk}")  # as on another device: both words are kept apart
    expect(shows).to_have_value(SHOWS)
    expect(page.locator("#reply")).to_have_value("Hold both buttons, as here.")
    page.locator("[data-send]").click()
    expect(page.locator(".toast")).to_contain_text("Your answer to Tom leaves in")

    page.goto(f"{desk.address}/c/{talk}")
    shown = page.locator(".said-media details").filter(has_text=f"Film: {SHOWS}")
    shown.locator("summary").click()
    assert plays(page, ".said-media") == [0, None, 160, 96, 1]
