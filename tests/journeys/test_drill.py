"""A team plays a bad morning on the real desk, and takes home how it went."""

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.drill import recheck
from tests.house import house

pytestmark = pytest.mark.real

WORLD = {
    "name": "a small morning",
    "usual": 200,
    "surges": [{"shape": "incident", "begins_h": 7.1, "mentions": 2500}],
    "limits": [{"account": "x", "name": "a day", "cap": 30, "window_s": 86_400}],
}
PATIENCE = 90.0  # seconds for what comes at 120 times


def test_a_team_plays_a_day(tmp_path: Path, chromium: Browser) -> None:
    world, report = tmp_path / "world.json", tmp_path / "day.html"
    world.write_text(json.dumps(WORLD))
    asked = ("--policy", "manual", "--world", str(world), "--seed", "3")
    out = ("--json", "--report", str(report))
    with house(tmp_path, *asked, *out, command="drill", allow_private="127.0.0.1") as desk:
        page = chromium.new_page(locale="en-GB")
        page.goto(desk.links[0])
        page.get_by_role("button").first.click()
        page.goto(f"{desk.url}/drill")
        expect(page.get_by_text("Nobody has written yet.")).to_be_visible()
        page.get_by_role("button", name="120 times").click()

        _until(page, lambda: _figure(page, "Heard") >= 40 and _figure(page, "Replies sent") >= 15)
        page.goto(f"{desk.url}/plan")
        expect(page.get_by_text("of 30 replies left")).to_be_visible()
        page.goto(f"{desk.url}/drill")
        page.get_by_role("button", name="End the day now").click()
        expect(page.get_by_text("The day is over.", exact=True)).to_be_visible()
        _until(page, lambda: page.get_by_role("link", name="Open the report").count() == 1)
        page.get_by_role("link", name="Open the report").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("a small morning")

    last = [line for line in desk.said.read_text().splitlines() if line.startswith("{")][-1]
    day = json.loads(last)
    assert day["policy"] == "manual"
    assert day["score"]["over_limit"] == recheck.over_limit(day) == 0
    replies = [post for post in day["posts"] if post["kind"] in ("reply", "pointer", "repeat")]
    assert len(replies) == day["score"]["posts"] >= 15
    assert sum(post["account"] == "x" for post in replies) <= 30
    assert day["score"]["answered_1h"] > 0
    assert report.read_text().startswith("<!doctype html>")


def _figure(page: Page, name: str) -> int:
    """What the page says of it now."""
    value = page.locator(f"dt:text-is('{name}') + dd").inner_text()
    return int(value.replace(",", ""))


def _until(page: Page, holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, page.locator("main").inner_text()
        page.wait_for_timeout(1_000)
        page.reload()
