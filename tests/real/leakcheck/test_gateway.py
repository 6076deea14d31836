"""The gateway's fault, found: silent with the partner's rule, an alarm without it or with a loose
one, each in one request.
"""

import pytest

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
