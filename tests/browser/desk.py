"""A real desk in its own processes, a real browser, and people who sign in to it."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests import apart
from tests.ports import free_port

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A page of another site that a test pretends frames one of ours, which is on this machine.
    "--disable-features=LocalNetworkAccessChecks",
]
WIDE = (1440, 900)

# What a refusal of ours leaves on the console; anything else there is a fault.
EXPECTED = "status of 4"


@dataclass
class Desk:
    """A desk that runs: where it is, and the hand that works on it from outside the browser."""

    address: str
    _hand: subprocess.Popen[str]

    def do(self, what: str, **given: Any) -> Any:
        """Let somebody do something; see `hand.py`."""
        assert self._hand.stdin
        assert self._hand.stdout
        self._hand.stdin.write(json.dumps([what, given]) + "\n")
        self._hand.stdin.flush()
        return json.loads(self._hand.stdout.readline())


@contextmanager
def open_desk(folder: Path, **settings: str) -> Iterator[Desk]:
    """A desk with nobody on it yet, in a folder of its own."""
    port = free_port()
    environment = apart.desk(folder) | {
        "REJOINDER_BIND": f"127.0.0.1:{port}",
        "REJOINDER_LOG_LEVEL": "warning",
        **settings,
    }
    address = f"http://localhost:{port}"
    with (
        _process(environment, "rejoinder.cli", "web"),
        _process(environment, "tests.browser") as hand,
    ):
        apart.until(lambda: _answers(address), "the desk answers")
        yield Desk(address, hand)


@contextmanager
def open_browser() -> Iterator[Browser]:
    """The browser of this machine."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Visit:
    """How somebody comes: by their link, in a window of some size and theme.

    Whatever a page puts on its console as an error is kept as a complaint.
    """

    browser: Browser
    desk: Desk
    complaints: list[str] = field(default_factory=list)

    def by(
        self,
        name: str,
        role: str = "advisor",
        *,
        size: tuple[int, int] = WIDE,
        dark: bool = False,
        script: bool = True,
        **values: Any,
    ) -> Page:
        """The queue, as somebody sees it who signed in."""
        page = self.context(size=size, dark=dark, script=script).new_page()
        page.on("console", lambda said: self._complain(said.type, said.text))
        page.on("pageerror", lambda error: self._complain("error", str(error)))
        page.goto(self.desk.do("link", name=name, role=role, **values))
        page.get_by_role("button").first.click()
        page.goto(self.desk.address)
        return page

    def context(self, *, size: tuple[int, int], dark: bool, script: bool) -> BrowserContext:
        """A window of its own, with its own cookies."""
        width, height = size
        return self.browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
            reduced_motion="reduce",
            locale="en-GB",
        )

    def _complain(self, kind: str, words: str) -> None:
        if kind == "error" and EXPECTED not in words:
            self.complaints.append(words)


def press(page: Page, key: str) -> None:
    """Presses a key once the page listens: its words are to be seen before its scripts run."""
    page.wait_for_load_state("load")
    page.keyboard.press(key)


@contextmanager
def _process(environment: dict[str, str], *words: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", *words]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, text=True) as process:
        try:
            yield process
        finally:
            process.terminate()


def _answers(address: str) -> bool:
    try:
        with urlopen(f"{address}/readyz") as answer:  # noqa: S310  # our own desk
            return bool(answer.status == 200)
    except (URLError, ConnectionError):
        return False
