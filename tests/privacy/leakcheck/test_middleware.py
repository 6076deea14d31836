"""A site behind a gateway sees the header from the gateway and from nobody else."""

import asyncio
from collections.abc import Callable, Iterable, MutableMapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.privacy.leakcheck.middleware import AsgiGuard, WsgiGuard
from rejoinder.privacy.leakcheck.shapes import Finding

GATEWAY, STRANGER = "192.0.2.7", "198.51.100.7"
LEAK = {"x-up-calling-line-id": "447700900123", "accept": "*/*"}

Asked = Callable[[str, dict[str, str], str], tuple[dict[str, str], list[Finding]]]


def by_wsgi(peer: str, headers: dict[str, str], query: str) -> tuple[dict[str, str], list[Finding]]:
    alarms: list[Finding] = []
    seen: dict[str, str] = {}

    def site(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        for name, value in environ.items():
            if name.startswith("HTTP_"):
                seen[name.removeprefix("HTTP_").replace("_", "-").lower()] = value
        return [b"fine"]

    environ = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
    environ |= {"REMOTE_ADDR": peer, "PATH_INFO": "/", "QUERY_STRING": query}
    guarded = WsgiGuard(site, alarm=alarms.extend, trusted=["192.0.2.0/28"])
    assert list(guarded(environ, lambda *_: None)) == [b"fine"]
    return seen, alarms


def by_asgi(peer: str, headers: dict[str, str], query: str) -> tuple[dict[str, str], list[Finding]]:
    alarms: list[Finding] = []
    seen: dict[str, str] = {}

    async def site(scope: MutableMapping[str, Any], _receive: Any, _send: Any) -> None:
        seen.update((name.decode(), value.decode("latin-1")) for name, value in scope["headers"])

    scope = {
        "type": "http",
        "path": "/",
        "query_string": query.encode(),
        "client": (peer, 40000),
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in headers.items()],
    }
    guarded = AsgiGuard(site, alarm=alarms.extend, trusted=["192.0.2.0/28"])
    asyncio.run(guarded(scope, _never, _nothing))
    return seen, alarms


async def _never() -> MutableMapping[str, Any]:
    raise AssertionError("the body is the site's to read")


async def _nothing(_: MutableMapping[str, Any]) -> None:
    pass


@pytest.fixture(params=[by_wsgi, by_asgi])
def asked(request: pytest.FixtureRequest) -> Asked:
    found: Asked = request.param
    return found


def test_the_gateway_is_believed(asked: Asked) -> None:
    assert asked(GATEWAY, LEAK, "") == (LEAK, [])


def test_a_copy_from_a_client_is_taken_away_and_told(asked: Asked) -> None:
    seen, alarms = asked(STRANGER, LEAK, "")
    assert seen == {"accept": "*/*"}
    assert [(one.where, one.name.lower(), one.kind) for one in alarms] == [
        ("header", "x-up-calling-line-id", "msisdn")
    ]


def test_a_number_elsewhere_is_told_and_left(asked: Asked) -> None:
    seen, alarms = asked(STRANGER, {"cookie": "m=447700900123"}, "n=07700900124")
    assert seen == {"cookie": "m=447700900123"}
    assert sorted(one.where for one in alarms) == ["cookie", "query"]


def test_ordinary_requests_pass_unseen(asked: Asked) -> None:
    plain = {"host": "shop.example", "user-agent": "Mozilla/5.0", "x-request-id": "447700900123"}
    assert asked(STRANGER, plain, "order=07700900123") == (plain, [])


def test_a_local_socket_has_no_address_and_no_trust(asked: Asked) -> None:
    assert asked("", LEAK, "")[0] == {"accept": "*/*"}


def test_what_is_no_request_is_passed_on() -> None:
    ran: list[str] = []

    async def site(scope: MutableMapping[str, Any], _receive: Any, _send: Any) -> None:
        ran.append(scope["type"])

    asyncio.run(AsgiGuard(site, alarm=_fail)({"type": "lifespan"}, _never, _nothing))
    assert ran == ["lifespan"]


def _fail(found: Sequence[Finding]) -> None:
    raise AssertionError(found)


@given(st.dictionaries(st.text("abcdefgh-", min_size=1), st.text("\x00\xff 0123456789%")))
def test_any_header_may_come(headers: dict[str, str]) -> None:
    by_wsgi(STRANGER, headers, "")
    by_asgi(STRANGER, headers, "")
