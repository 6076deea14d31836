"""A rehearsed day as a page: WCAG 2.2 AA, as wide as its window, and quiet without a network."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from rejoinder.drill.report import page as report
from tests.browser.desk import press
from tests.browser.test_accessible import complaints, too_wide
from tests.drill.report.stage import played

pytestmark = pytest.mark.real

SIZES = {"wide": (1280, 900), "phone": (390, 844), "narrow": (320, 700)}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("report") / "day.html"
    file.write_text(report([played("fcfs"), played("even-pacing")]), encoding="utf-8")
    return file


def opened(chromium: Browser, file: Path, size: str, theme: str) -> Page:
    width, height = SIZES[size]
    context = chromium.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if theme == "dark" else "light",
        offline=True,
    )
    page = context.new_page()
    page.goto(file.as_uri())
    return page


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_it_can_be_read_by_everybody(
    chromium: Browser, written: Path, size: str, theme: str
) -> None:
    page = opened(chromium, written, size, theme)
    for folded in page.locator("summary").all():
        folded.click()

    assert complaints(page) == []
    assert too_wide(page) == 0
    page.context.close()


def test_its_numbers_unfold_by_key(chromium: Browser, written: Path) -> None:
    page = opened(chromium, written, "wide", "light")
    press(page, "Tab")
    press(page, "Enter")

    assert page.get_by_role("row", name="Urgent people answered within the hour").is_visible()
    page.context.close()
