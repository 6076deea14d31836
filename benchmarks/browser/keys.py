"""From a key to the next picture, as the browser itself counts it, with 5,000 people waiting.

Event Timing (https://www.w3.org/TR/event-timing/): from when the key went down to when what it
changed was painted, in steps of 8 ms. The bare baseline is a page of as many plain rows that moves
a class from one to the next.
"""

import tempfile
from pathlib import Path
from statistics import median

from playwright.sync_api import Page

from benchmarks.table import Rows, row
from tests.browser.desk import Visit, open_browser, open_desk

WAITING = 5000
BUDGET = 50.0  # milliseconds
TYPED = "we are on it since noon"
WATCH = """() => {
  window.took = [];
  new PerformanceObserver((list) => {
    for (const each of list.getEntries()) {
      if (each.name === 'keydown') window.took.push(each.duration);
    }
  }).observe({type: 'event', durationThreshold: 16, buffered: true});
}"""
BARE = """<title>Bare</title><ol>%s</ol><script>
let at = 0; const rows = document.querySelectorAll('li');
addEventListener('keydown', () => {
  rows[at].classList.remove('at'); rows[++at].classList.add('at');
  rows[at].scrollIntoView({block: 'nearest'});
});
</script><style>.at { background: #ddd }</style>"""


def run() -> Rows:
    """Milliseconds until what a key did is to be seen, over what was asked: 50 ms."""
    with (
        tempfile.TemporaryDirectory() as folder,
        open_browser() as browser,
        open_desk(Path(folder)) as desk,
    ):
        desk.do("many", number=WAITING)
        talk = desk.do("says", name="Tom", text="no signal")
        desk.do("link", name="Alice")
        desk.do("takes", name="Alice", talk=talk)
        page = Visit(browser, desk).by("Alice")
        bare = browser.new_page()
        bare.set_content(BARE % "".join(f"<li>{n}</li>" for n in range(WAITING)))
        baseline = _took(bare, ["j"] * 20)
        page.goto(desk.address)
        found = {"next and previous in the queue": _took(page, ["j", "j", "k"] * 7)}
        _require(page, "document.activeElement.closest('.row') !== null")
        page.goto(f"{desk.address}/c/{talk}")
        page.locator("#reply").click()
        found["writing a reply"] = _took(page, list(TYPED))
        _require(page, f"document.querySelector('#reply').value.includes('{TYPED}')")
        page.goto(f"{desk.address}/columns")
        page.locator(".column").first.wait_for()
        page.keyboard.press("f")
        found["filtering a column"] = _took(page, list("street 12"))
        _require(page, "document.activeElement.value === 'street 12'")
    return [_row(what, took, baseline) for what, took in found.items()]


def _took(page: Page, keys: list[str]) -> list[float]:
    """For each key; what is painted within 16 ms the browser does not list, and counts as 16."""
    page.wait_for_load_state("load")
    page.evaluate(WATCH)
    for key in keys:
        page.keyboard.press(key)
        page.wait_for_timeout(120)
    listed = [float(each) for each in page.evaluate("window.took")]
    return listed + [16.0] * max(0, len(keys) - len(listed))


def _require(page: Page, true: str) -> None:
    """What was measured has happened."""
    if not page.evaluate(true):
        raise RuntimeError(f"The keys did nothing: {true}")


def _row(what: str, took: list[float], bare: list[float]) -> dict[str, object]:
    detail = (
        f"{median(took):.0f} ms, at most {max(took):.0f}; a bare page {median(bare):.0f} ms, "
        f"at most {max(bare):.0f}"
    )
    return row(f"a key: {what}", median(took) / BUDGET, at_most=1, detail=detail)
