"""What the reports tell of a drilled week with a crisis, as pictures: `make pictures`.

The e-mail is one that a mail server took, the embedded chart stands in a page of another site.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from html import escape
from pathlib import Path

from aiosmtpd.controller import Controller
from playwright.sync_api import Page

from tests.browser.desk import Desk, Visit, open_browser, open_desk
from tests.ports import free_port
from tests.real.email.server import HOST, Keeper

FOLDER = Path(__file__).parent / "pictures"
WINDOW = (1100, 800)
QUALITY = 60  # of the JPEG
ELSEWHERE = "https://intranet.example.com"
AREA, EMAIL = "Privacy", "priya@example.com"


def main() -> None:
    """Every picture of `docs/reports.md`, and the board's page as PDF."""
    with (
        tempfile.TemporaryDirectory() as folder,
        _mail_server() as (keeper, port),
        open_desk(Path(folder), REJOINDER_SMTP_URL=f"smtp://{HOST}:{port}") as desk,
    ):
        desk.do("link", name="Olga", role="owner")
        first = desk.do("week")
        desk.do("digests", first=first, area=AREA, email=EMAIL)
        [sent] = keeper.sent
        with open_browser() as browser:
            page = Visit(browser, desk).by("Olga", "owner", size=WINDOW)
            _board(page, desk, first)
            page.goto(f"{desk.address}/reports?days=7")
            _take(page, "waits")
            page.goto(f"{desk.address}/reports/themes?span=week")
            _take(page, "themes")
            _embedded(page, desk, first)
            page.set_content(_letter(sent))
            _take(page, "digest")


@contextmanager
def _mail_server() -> Iterator[tuple[Keeper, int]]:
    keeper, port = Keeper(), free_port()
    server = Controller(keeper, hostname=HOST, port=port)
    server.start()
    yield keeper, port
    server.stop()


def _board(page: Page, desk: Desk, first: str) -> None:
    page.goto(f"{desk.address}/reports/board?week={first}")
    _take(page, "board")
    answer = page.request.get(f"{desk.address}/reports/board.pdf?week={first}")
    if not answer.ok:
        raise RuntimeError(f"The board's page as PDF: {answer.status_text}")
    (FOLDER / "reports-board.pdf").write_bytes(answer.body())


def _embedded(page: Page, desk: Desk, first: str) -> None:
    """A page of a site that the link names; the browser itself refuses every other."""
    path = desk.do("shows", name="Olga", called="That week by area", by="area", period="28d")
    frame = (
        f'<iframe src="{desk.address}{path}" title="By area" width="100%" height="640"></iframe>'
    )
    body = f"<h1>What people ask us</h1><p>Kept by the social care team.</p>{frame}"
    page.route(
        f"{ELSEWHERE}/", lambda route: route.fulfill(body=_page(body), content_type="text/html")
    )
    page.goto(f"{ELSEWHERE}/")
    page.frame_locator("iframe").locator("svg").first.wait_for()
    _take(page, "embedded")


def _letter(sent: EmailMessage) -> str:
    heads = "".join(
        f"<tr><th>{name}</th><td>{escape(str(sent[name]))}</td></tr>"
        for name in ("From", "To", "Subject")
    )
    return _page(f"<table>{heads}</table><pre>{escape(sent.get_content())}</pre>")


def _page(body: str) -> str:
    style = (
        "body{font:16px/1.5 sans-serif;margin:2rem;max-width:60rem}th{text-align:left;"
        "padding-right:2rem}pre{font:inherit;white-space:pre-wrap;overflow-wrap:anywhere}"
        "iframe{border:1px solid #999}"
    )
    return f'<!doctype html><html lang="en"><title>…</title><style>{style}</style>{body}'


def _take(page: Page, name: str) -> None:
    file = FOLDER / f"reports-{name}.jpg"
    page.screenshot(path=file, type="jpeg", quality=QUALITY, full_page=True)


if __name__ == "__main__":
    main()
