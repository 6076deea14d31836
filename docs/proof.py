"""The pages that prove what was done with personal data, and an incident as PDF: `make pictures`.

Both stories are made up: a gateway told numbers to every website, and numbers that were given for
security were wanted for advertising.
"""

import tempfile
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Page

from tests.browser.desk import Desk, Visit, open_browser, open_desk

FOLDER = Path(__file__).parent / "pictures"
WINDOW = (1100, 800)
QUALITY = 60  # of the JPEG


def main() -> None:
    """Every picture of `docs/privacy.md` that shows a story, and the incident as PDF."""
    with tempfile.TemporaryDirectory() as folder, open_desk(Path(folder)) as desk:
        desk.do("link", name="Olga", role="owner")
        incident = desk.do("leaks")
        asked = desk.do("advertises")
        with open_browser() as browser:
            page = Visit(browser, desk).by("Olga", "owner", size=WINDOW)
            _incident(page, desk, incident)
            for name, path in (
                ("refused", "/openings?refused=1"),
                ("who-exactly", f"/openings?{urlencode(asked)}"),
                ("audience", "/audience"),
            ):
                page.goto(desk.address + path)
                _take(page, name)


def _incident(page: Page, desk: Desk, incident: str) -> None:
    page.goto(f"{desk.address}/incidents/{incident}")
    _take(page, "incident")
    answer = page.request.get(f"{desk.address}/incidents/{incident}/report.pdf")
    if not answer.ok:
        raise RuntimeError(f"The incident as PDF: {answer.status_text}")
    (FOLDER / "proof-incident.pdf").write_bytes(answer.body())


def _take(page: Page, name: str) -> None:
    file = FOLDER / f"proof-{name}.jpg"
    page.screenshot(path=file, type="jpeg", quality=QUALITY, full_page=True)


if __name__ == "__main__":
    main()
