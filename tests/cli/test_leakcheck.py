"""The command: its lines, its exit codes, its sentences."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from rejoinder.cli import main
from tests.ports import free_port
from tests.privacy.leakcheck import captures

Ran = tuple[int, list[dict[str, Any]], str]


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes]) -> Callable[..., Ran]:
    def ran(*words: object) -> Ran:
        try:
            code = main(["leakcheck", *map(str, words)])
        except SystemExit as ended:
            code = int(ended.code or 0)
        out, err = capfdbinary.readouterr()
        return code, [json.loads(line) for line in out.splitlines()], err.decode()

    return ran


@pytest.fixture
def har(tmp_path: Path) -> Callable[..., Path]:
    def written(*requests: tuple[str, dict[str, str]]) -> Path:
        entries = [
            {
                "request": {
                    "url": url,
                    "headers": [{"name": name, "value": value} for name, value in headers.items()],
                }
            }
            for url, headers in requests
        ]
        path = tmp_path / "phone.har"
        path.write_text(json.dumps({"log": {"entries": entries}}))
        return path

    return written


Har = Callable[..., Path]
Run = Callable[..., Ran]
LEAK = {"X-Up-Calling-Line-Id": "447700900123"}


def test_a_leak_is_one_line_and_ends_with_one(run: Run, har: Har) -> None:
    code, lines, said = run("--har", har(("http://news.example/", LEAK)))
    assert code == 1
    assert lines == [
        {
            "host": "news.example",
            "where": "header",
            "name": "X-Up-Calling-Line-Id",
            "class": "msisdn",
            "encoding": "plain",
        }
    ]
    assert "447700900123" not in said


def test_no_leak_is_no_line_and_ends_with_zero(run: Run, har: Har) -> None:
    code, lines, said = run("--har", har(("http://news.example/?t=1790000000", {"Accept": "*/*"})))
    assert (code, lines) == (0, [])
    assert said == "1 requests checked, 0 findings.\n"


def test_a_partner_may_be_told_and_who_looks_like_one_may_not(run: Run, har: Har) -> None:
    path = har(
        ("http://partner.example/pay", LEAK),
        ("http://partner.example/other", LEAK),
        ("http://partner.example.evil.example/pay", LEAK),
    )
    code, lines, _ = run("--har", path, "--partner", "partner.example/pay")
    assert code == 1
    assert [(line["host"], line["contains"]) for line in lines] == [
        ("partner.example", "partner.example/pay"),
        ("partner.example.evil.example", "partner.example/pay"),
    ]
    assert run("--har", har(("http://partner.example/pay", LEAK)), "--partner", "partner.example")[
        :2
    ] == (0, [])


def test_a_number_and_a_country_that_are_given_are_looked_for(run: Run, har: Har) -> None:
    path = har(("http://a.example/?order=33612345678", {}), ("http://a.example/?m=33612345679", {}))
    assert run("--har", path)[0] == 0
    assert len(run("--har", path, "--country", "FR")[1]) == 1
    assert len(run("--har", path, "--country", "fr", "--number", "06 12 34 56 78")[1]) == 2


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--har", "/nowhere.har"),
        ("--har", __file__),
        ("--pcap", __file__),
        ("--pcap", "x.pcap", "--proxy"),
        ("--har", "x.har", "--number", "12"),
        ("--har", "x.har", "--range", "07700900000"),
        ("--har", "x.har", "--range", "07700900999-07700900000"),
        ("--har", "x.har", "--range", "07000000000-07999999999"),
        ("--har", "x.har", "--country", "Atlantis"),
        ("--har", "x.har", "--partner", "*.example"),
    ],
)
def test_bad_usage_ends_with_two_and_one_sentence(run: Run, words: tuple[str, ...]) -> None:
    code, lines, said = run(*words)
    assert (code, lines) == (2, [])
    assert said.count("\n") == 1
    assert said.rstrip().endswith((".", "--help."))


def test_a_capture_is_read_and_what_is_encrypted_told(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "gateway.pcap"
    leak = captures.tcp(5, captures.asked("/", [("Host", "news.example"), *LEAK.items()]))
    hidden = captures.tcp(5, b"\x16\x03\x01" + bytes(20), port=9)
    path.write_bytes(captures.pcap([bytes(leak), bytes(hidden)]).getvalue())
    code, lines, said = run("--pcap", path)
    assert code == 1
    assert [(line["host"], line["name"]) for line in lines] == [
        ("news.example", "X-Up-Calling-Line-Id")
    ]
    assert "Not read: 1 encrypted connections (TLS)." in said


def test_the_page_is_served_and_what_came_told_at_the_end() -> None:
    port = free_port()
    command = [sys.executable, "-m", "rejoinder.cli", "leakcheck", "--serve"]
    with subprocess.Popen(
        [*command, "--listen", f"127.0.0.1:{port}"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stderr is not None
        assert "Ctrl-C" in server.stderr.readline()
        with httpx.Client(transport=httpx.HTTPTransport(retries=5), trust_env=False) as phone:
            page = phone.get(f"http://127.0.0.1:{port}/", headers={**LEAK, "Accept-Language": "de"})
        server.send_signal(signal.SIGTERM)
        out, _ = server.communicate(timeout=20)
    assert "Ihre Telefonnummer" in page.text
    assert [json.loads(line)["class"] for line in out.splitlines()] == ["msisdn"]
    assert server.returncode == 1


def test_the_proxy_asks_for_its_program(run: Run) -> None:
    code, _, said = run("--proxy")
    assert code == 2
    assert "REJOINDER_MITMDUMP" in said
