"""A whole day with canary people: nothing that was written has what they told, in any encoding.

The places that carry it by purpose are listed here, one by one.
"""

import base64
import json
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message

from tests import apart
from tests.databases import empty_database
from tests.faults.canaries import ADDRESS, ANSWER, EMAIL, NAME, PHONE, TEXT
from tests.faults.needles import found
from tests.ports import free_port

pytestmark = pytest.mark.tables

# Colleagues read in the queue who wrote: the name that somebody gave, in one column.
BY_PURPOSE = {"listening_person.name: name"}


class Post(Message):
    """A mail server that keeps what it is handed: the envelope's reader, and the letter."""

    def __init__(self) -> None:
        super().__init__()
        self.came: list[tuple[str, bytes]] = []

    def handle_message(self, message: Any) -> None:
        self.came.append((message["X-RcptTo"], message.as_bytes()))


class Day:
    """A desk, its processes one after the other, and everything that they wrote and showed."""

    def __init__(self, folder: Path, form: str, smtp: str) -> None:
        self.folder = folder
        self.written = folder / "written"
        self.written.mkdir()
        self.pages: dict[str, bytes] = {}
        self.mail: list[tuple[str, bytes]] = []  # that left, with the reader of the envelope
        self.desk = apart.desk(folder) | {
            "REJOINDER_LOG_LEVEL": "debug",
            "REJOINDER_LOG_FORMAT": form,
            "REJOINDER_SMTP_URL": smtp,
            "PYTHONWARNINGS": "default",
        }

    def does(self, *words: str) -> str:
        """Run `python WORDS` to its end; what it prints, its log is kept."""
        done = subprocess.run(
            [sys.executable, *words],
            env=self.desk,
            capture_output=True,
            text=True,
            check=False,
            timeout=apart.PATIENCE,
        )
        with (self.written / "log").open("a", encoding="utf-8") as log:
            log.write(done.stderr)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def part(self, what: str) -> str:
        return self.does("-m", "tests.faults.canaries", what, str(self.written))

    def rejoinder(self, *words: str) -> str:
        return self.does("-m", "rejoinder.cli", *words)

    @contextmanager
    def served(self, session: str) -> Iterator[httpx.Client]:
        """Dan's browser at the desk's real page server, which logs all it can."""
        bind = f"127.0.0.1:{free_port()}"
        with (self.written / "web-log").open("a") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "rejoinder.cli", "web"],
                env=self.desk | {"REJOINDER_BIND": bind, "REJOINDER_URL": f"http://{bind}"},
                stderr=log,
            )
            try:
                apart.until(lambda: apart._answers(f"http://{bind}"), "the pages answer")
                with httpx.Client(
                    base_url=f"http://{bind}",
                    cookies={"sessionid": session},
                    timeout=60,
                    trust_env=False,
                ) as browser:
                    yield browser
            finally:
                process.terminate()
                process.wait()

    def keep(self, name: str, answer: httpx.Response) -> bytes:
        self.pages[name] = answer.content
        return answer.content


def pressed(browser: httpx.Client, where: str, **values: str) -> httpx.Response:
    """A form of the desk, sent with its token."""
    browser.get("/", follow_redirects=True)
    return browser.post(where, data={"csrfmiddlewaretoken": browser.cookies["csrftoken"], **values})


FORM = {"kind": "question", "text": TEXT, "name": NAME, "email": EMAIL, "phone": PHONE}
CALL = {"kind": "call", "text": TEXT, "name": NAME, "contact": PHONE, "consent": "on"}
FILES = {
    "waits": "/reports?as=csv",
    "explored": "/reports/explore?as=csv",
    "explored-parquet": "/reports/explore?as=parquet",
    "ledger": "/openings",
    "audit": "/audit",
    "board": "/reports/board",
    "metrics": "/metrics",
    "outbox": "/outbox",
}


@pytest.fixture(scope="module", params=["text", "json"])
def day(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Day]:
    """They write, call, are answered and called back, meet a crash, and are erased."""
    post = Post()
    server = Controller(post, hostname="127.0.0.1", port=free_port())
    server.start()
    folder = tmp_path_factory.mktemp("canaries")
    made = Day(folder, request.param, f"smtp://127.0.0.1:{server.port}")
    made.mail = post.came
    told = json.loads(made.part("prepare"))
    with made.served(told["session"]) as browser:
        sent = browser.post("/contact", data=FORM | {"token": told["tokens"][0]})
        assert sent.status_code == 302, sent.text
        assert pressed(browser, "/calls/new", **CALL).status_code == 302
        made.part("hear")
        _looked(made, browser)
        made.part("broken")
        crash = browser.post("/contact", data=FORM | {"token": told["tokens"][1], "slot": "x"})
        assert crash.status_code == 500
        made.keep("crash", crash)
        made.keep("crash of a colleague", pressed(browser, "/calls/new", **CALL))
        made.keep("lost", browser.get(f"/nothing/{quote(PHONE)}"))
        made.part("mended")
        made.part("answer")
        for name, where in FILES.items():
            made.keep(name, browser.get(where))
    made.rejoinder("backup", str(folder / "before.tar.gz"))
    yield made
    server.stop()


def _looked(day: Day, browser: httpx.Client) -> None:
    """Dan searches for the number, opens what was said, and calls back: he sees it, and no more."""
    browser.get("/search", params={"words": PHONE})
    browser.get("/search", params={"words": EMAIL})
    queue = browser.get("/").text
    talks = sorted({part.partition('"')[0] for part in queue.split('href="/c/')[1:]})
    assert len(talks) == 4, talks
    shown = ""
    for talk in talks:
        day.keep(f"conversation {talk}", browser.get(f"/c/{talk}"))
        why = {"purpose": "care-reply", "why": f"to call {PHONE} back"}
        shown += pressed(browser, f"/c/{talk}/reach", kind="phone", **why).text
    assert PHONE in shown  # what was opened for a purpose is seen


def everything(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file of a folder, and what is packed in those that are archives."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.name, path.read_bytes()
        if path.name.endswith(".tar.gz"):
            with tarfile.open(path) as archive:
                for member in archive:
                    packed = archive.extractfile(member)
                    yield f"{path.name}/{member.name}", packed.read() if packed else b""


def copies(folder: Path) -> set[str]:
    """Where a file has it."""
    return {
        f"{name}: {what}"
        for name, raw in everything(folder)
        for what in found(raw)
        # The name is looked for column by column.
        if not (what == "name" and name.split("/")[-1].startswith("desk."))
    }


def test_the_ways_of_writing_are_found() -> None:
    for text, what in ((PHONE, "phone"), (EMAIL, "email"), (ADDRESS, "address"), (NAME, "name")):
        for raw in (
            f"-{text}-".encode(),
            text.upper().encode(),
            text.encode("utf-16-le"),
            text.encode().hex().encode(),
            quote(text).encode(),
            base64.b64encode(f"-{text}- and more".encode()),
            base64.urlsafe_b64encode(f"--{text}- and more".encode()),
        ):
            assert what in found(raw)
    assert found(b"17 Station Road, 07700 900123, tom@example.com") == set()


def test_no_file_that_was_written_has_it(day: Day) -> None:
    assert copies(day.folder) == set()


def test_no_column_has_it_but_the_one_that_must(day: Day) -> None:
    assert set(day.part("rows").splitlines()) == BY_PURPOSE


def test_no_page_has_it_but_what_was_opened(day: Day) -> None:
    held = {
        f"{name}: {what}"
        for name, raw in day.pages.items()
        for what in found(raw)
        # Colleagues see who wrote.
        if not (what == "name" and name.startswith(("conversation", "outbox")))
    }
    assert held == set()


def test_what_leaves_has_nothing_but_the_answer(day: Day) -> None:
    mail = day.mail
    assert [to for to, _ in mail] == [EMAIL]  # the one letter, to who wrote
    body = mail[0][1].partition(b"\n\n")[2]
    assert ANSWER.encode() in body
    assert found(body) == set()
    heads = [line for line in mail[0][1].partition(b"\n\n")[0].splitlines() if found(line)]
    assert all(line.startswith((b"To:", b"X-RcptTo:")) for line in heads)


def test_erased_they_are_nowhere_and_an_older_backup_brings_nobody_back(day: Day) -> None:
    known = [line.split(" ", 1) for line in day.part("people").splitlines()]
    assert len(known) == 4
    for channel, person in known:
        why = ("--why", "asked for it")
        day.rejoinder("person", "erase", "--channel", channel, "--person", person, *why)
    assert day.part("rows") == ""
    day.rejoinder("backup", str(day.folder / "after.tar.gz"))
    held = [name for name, raw in everything(day.folder) if found(raw)]
    assert [name for name in held if not name.startswith("before.tar.gz")] == []
    back = copy(day)
    other = {"REJOINDER_DATA": str(day.folder / "back"), "REJOINDER_DATABASE_URL": empty_database()}
    back.desk = day.desk | other
    back.rejoinder("restore", str(day.folder / "before.tar.gz"))
    assert back.part("rows") == ""
    assert [name for name, raw in everything(day.folder / "back") if found(raw)] == []
