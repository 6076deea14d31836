"""The gateway's fault, found: silent with the partner's rule, an alarm without it or with a loose
one, each in one request.
"""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from rejoinder.plumbing import config as settings
from rejoinder.privacy import canary
from rejoinder.team.models import Call
from tests.ports import free_port
from tests.real.leakcheck.gateway import HEADER, NUMBER, OTHER, PARTNER, gateway

pytestmark = pytest.mark.real

TOLD = ("--partner", f"{PARTNER}:PORT/pay")


def test_a_gateway_that_tells_the_partner_alone_is_silent() -> None:
    with gateway(r"url_regex ^http://127\.0\.0\.1:PORT/pay$", *TOLD) as run:
        assert run.get(PARTNER, "/pay") == 200
        assert run.get(PARTNER, "/news") == 200
        assert run.get(OTHER, "/pay") == 200
    assert run.seen == [(PARTNER, "/pay", NUMBER), (PARTNER, "/news", None), (OTHER, "/pay", None)]
    assert (run.code, run.said) == (0, [])


def test_a_gateway_without_the_rule_is_found_in_one_request() -> None:
    with gateway("src all", *TOLD) as run:
        assert run.get(OTHER, "/news") == 200
    assert run.seen == [(OTHER, "/news", NUMBER)]
    found = {"host": f"{OTHER}:{run.port}", "where": "header", "name": HEADER}
    assert run.said == [found | {"class": "msisdn", "encoding": "plain"}]
    assert run.code == 1


def test_a_rule_that_matches_too_much_is_found_and_named() -> None:
    with gateway(r"url_regex 127\.0\.0\.1:PORT", *TOLD) as run:
        assert run.get(PARTNER, "/pay") == 200
        assert run.get(OTHER, f"/look?like=http://{PARTNER}:{run.port}/pay") == 200
        assert run.get(PARTNER, "/pay/not") == 200
    assert [number for *_, number in run.seen] == [NUMBER] * 3
    partner = f"{PARTNER}:{run.port}/pay"
    assert [(one["host"], one["contains"]) for one in run.said] == [
        (f"{OTHER}:{run.port}", partner),
        (f"{PARTNER}:{run.port}", partner),
    ]
    assert run.code == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("rule", "calls"), [("url_regex ^http://never", 0), ("src all", 1)])
def test_the_canary_finds_it_in_our_own_page(
    rule: str, calls: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with _echo_page() as url, gateway(rule) as run:
        given = {"canary_url": f"{url}/echo.json", "canary_gateway": run.proxy}
        changed = settings.config().model_copy(update=given)
        monkeypatch.setattr(canary, "config", lambda: changed)
        assert canary.Canary().run() == calls
    assert Call.objects.count() == calls


@contextmanager
def _echo_page() -> Iterator[str]:
    address = f"{OTHER}:{free_port()}"
    command = [sys.executable, "-m", "rejoinder.cli", "leakcheck", "--serve", "--listen", address]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as page:
        assert page.stderr is not None
        assert "Ctrl-C" in page.stderr.readline()
        try:
            yield f"http://{address}"
        finally:
            page.send_signal(signal.SIGINT)
            page.wait(20)
