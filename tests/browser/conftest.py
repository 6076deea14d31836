"""A desk and a browser for each test, and the people who come."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.desk import Desk, Visit, open_desk

Come = Callable[..., Page]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with nobody on it yet."""
    with open_desk(tmp_path) as opened:
        yield opened


@pytest.fixture
def come(chromium: Browser, desk: Desk) -> Iterator[Come]:
    """Somebody signs in by their link; ends with an error if a page complained on the way."""
    visit = Visit(chromium, desk)
    yield visit.by
    for context in chromium.contexts:
        context.close()
    assert visit.complaints == []
