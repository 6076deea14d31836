"""For any site behind a gateway: takes away copies that a client sent, and raises the alarm.

A site that a gateway tells the number must not believe the same header from anybody else. What
comes from `trusted` addresses is left alone; from others, headers that are known to carry an
identity go before the site sees them, and `alarm` is called with what was found.

    application = WsgiGuard(application, alarm=tell, trusted=["192.0.2.0/28"])
    application = AsgiGuard(application, alarm=tell, trusted=["192.0.2.0/28"])
"""

import ipaddress
from collections.abc import Awaitable, Callable, Iterable, MutableMapping, Sequence
from typing import Any

from rejoinder.privacy.leakcheck import names
from rejoinder.privacy.leakcheck.check import Checker
from rejoinder.privacy.leakcheck.shapes import Finding, Request

Alarm = Callable[[Sequence[Finding]], None]
Environ = dict[str, Any]
Wsgi = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]

_CGI = "HTTP_"


class _Guard:
    def __init__(self, alarm: Alarm, trusted: Sequence[str], checker: Checker | None) -> None:
        self._alarm = alarm
        self._trusted = [ipaddress.ip_network(one) for one in trusted]
        self._checker = checker or Checker()

    def trusts(self, peer: str) -> bool:
        try:
            address = ipaddress.ip_address(peer)
        except ValueError:  # a socket of this machine has no address
            return False
        return any(address in network for network in self._trusted)

    def look(self, request: Request) -> None:
        (found,) = self._checker.check([request])
        if found:
            self._alarm(found)


class WsgiGuard:
    """A WSGI application before another. Bodies are not read."""

    def __init__(
        self,
        application: Wsgi,
        alarm: Alarm,
        trusted: Sequence[str] = (),
        checker: Checker | None = None,
    ) -> None:
        self._application = application
        self._guard = _Guard(alarm, trusted, checker)

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if not self._guard.trusts(environ.get("REMOTE_ADDR", "")):
            headers = {name: environ[name] for name in environ if name.startswith(_CGI)}
            spelled = [(_spelled(name), str(value)) for name, value in headers.items()]
            target = f"{environ.get('PATH_INFO', '/')}?{environ.get('QUERY_STRING', '')}"
            self._guard.look(Request(environ.get("HTTP_HOST", ""), target, spelled))
            for name in headers:
                if _carries(_spelled(name)):
                    del environ[name]
        return self._application(environ, start_response)


class AsgiGuard:
    """An ASGI application before another. Bodies are not read."""

    def __init__(
        self,
        application: Asgi,
        alarm: Alarm,
        trusted: Sequence[str] = (),
        checker: Checker | None = None,
    ) -> None:
        self._application = application
        self._guard = _Guard(alarm, trusted, checker)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        peer = (scope.get("client") or ("",))[0]
        if "headers" in scope and not self._guard.trusts(peer):
            self._guard.look(request_of(scope))
            kept = [pair for pair in scope["headers"] if not _carries(pair[0].decode("latin-1"))]
            scope = {**scope, "headers": kept}
        await self._application(scope, receive, send)


def request_of(scope: Scope) -> Request:
    """What an ASGI server says of a request, without its body."""
    headers = [(n.decode("latin-1"), v.decode("latin-1")) for n, v in scope["headers"]]
    host = next((value for name, value in headers if name.lower() == "host"), "")
    path = scope.get("raw_path") or scope["path"].encode()
    query = scope.get("query_string", b"")
    return Request(host, f"{path.decode('latin-1')}?{query.decode('latin-1')}", headers)


def _spelled(cgi: str) -> str:
    return cgi.removeprefix(_CGI).replace("_", "-").title()


def _carries(name: str) -> bool:
    return names.header(name).alone
