"""The guarded network: every call the desk makes to a platform goes through here."""

import ipaddress
import socket
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from ssl import SSLContext
from typing import Any
from urllib.parse import urlsplit

import httpcore
import httpx

from rejoinder import __version__
from rejoinder.plumbing.answer import Answer, NoAnswerError
from rejoinder.plumbing.config import config
from rejoinder.plumbing.stream import Stream

MOST = 10_000_000  # bytes of an answer that are kept
CONNECT = 5.0  # seconds until a connection stands

_NEVER_LEFT = (
    httpcore.ConnectError,
    httpcore.ConnectTimeout,
    httpcore.PoolTimeout,
    httpcore.UnsupportedProtocol,
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
)
_TOO_LATE = (httpcore.TimeoutException, httpx.TimeoutException)
_BROKE = (httpcore.NetworkError, httpcore.ProtocolError, httpx.HTTPError)

# A timeout of each read alone would let a platform that drips bytes hold a worker for ever.
_deadline: ContextVar[float] = ContextVar("deadline", default=float("inf"))

Query = dict[str, str | int | list[str]]


class Network:
    """One pool of connections for a process; safe to share between its threads."""

    def __init__(self, private: Iterable[str] = ()) -> None:
        """`private` are the hosts on private networks that may be called, and without TLS."""
        self._private = frozenset(private)
        self._client = httpx.Client(
            transport=_Transport(self._private),
            trust_env=False,
            follow_redirects=False,
            headers={"User-Agent": f"Rejoinder/{__version__}"},
        )

    def call(
        self,
        method: str,
        url: str,
        *,
        header: dict[str, str] | None = None,
        query: Query | None = None,
        json: Any = None,
        content: bytes | None = None,
        timeout: float = 30.0,
    ) -> Answer:
        """One call, done in `timeout` seconds or not at all. Raises NoAnswerError.

        Sends `json`, or `content` as it stands, for who signs it.

        Follows no redirect and tries nothing twice; of a longer answer the first 10 MB are kept.
        """
        scheme, host = _parts(url)
        with _until(time.monotonic() + timeout), _one_kind_of_trouble(host, timeout):
            self._refuse_clear_text(scheme, host)
            request = self._client.build_request(
                method,
                url,
                headers=header,
                params=query,
                json=json,
                content=content,
                timeout=httpx.Timeout(timeout, connect=min(CONNECT, timeout)),
            )
            return self._answer(self._client.send(request, stream=True))

    def stream(self, url: str, *, header: dict[str, str], quiet: float) -> Stream:
        """An answer that goes on, over when nothing comes for `quiet` seconds.

        Raises NoAnswerError when it does not begin.
        """
        scheme, host = _parts(url)
        with _until(time.monotonic() + quiet), _one_kind_of_trouble(host, quiet):
            self._refuse_clear_text(scheme, host)
            request = self._client.build_request(
                "GET",
                url,
                headers=header | {"Accept-Encoding": "identity"},
                timeout=httpx.Timeout(quiet, connect=CONNECT),
            )
            return Stream(self._client.send(request, stream=True))

    def close(self) -> None:
        """End the connections that are open."""
        self._client.close()

    def _refuse_clear_text(self, scheme: str, host: str) -> None:
        if scheme != "https" and host not in self._private:
            raise NoAnswerError(
                f"{host} was not called: credentials travel by https only.",
                may_have_arrived=False,
            )

    @staticmethod
    def _answer(response: httpx.Response) -> Answer:
        try:
            body = b"".join(_first(MOST + 1, response.iter_bytes()))
        finally:
            response.close()
        header = dict(response.headers.items())
        return Answer(response.status_code, header, body[:MOST], cut=len(body) > MOST)


@cache
def network() -> Network:
    """The network of this process, with the private hosts that the settings allow."""
    return Network(config().private_hosts)


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet, looked at through its wrappings."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or _nat64(ip)
        if inner:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast


def looked_at(host: str, port: int, private: frozenset[str]) -> list[str]:
    """The addresses of a host, resolved once, all of which may be connected to.

    Raises NoAnswerError where one is on a private network and the host is not among `private`.
    """
    found = _resolve(host, port)
    if host not in private and not all(map(is_public, found)):
        raise NoAnswerError(
            f"{host} is on a private network and was not called. If it should be, name it in "
            "REJOINDER_ALLOW_PRIVATE.",
            may_have_arrived=False,
        )
    return found


def _nat64(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if ip in ipaddress.ip_network("64:ff9b::/96"):  # RFC 6052
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return None


def _first(most: int, chunks: Iterator[bytes]) -> Iterator[bytes]:
    for chunk in chunks:
        yield chunk[:most]
        most -= len(chunk)
        if most <= 0:
            return


@contextmanager
def _until(deadline: float) -> Iterator[None]:
    token = _deadline.set(deadline)
    try:
        yield
    finally:
        _deadline.reset(token)


def _parts(url: str) -> tuple[str, str]:
    """Scheme and host; an address that is none has neither."""
    try:
        parts = urlsplit(url)
        return parts.scheme, parts.hostname or url
    except ValueError:
        return "", url


@contextmanager
def _one_kind_of_trouble(host: str, timeout: float) -> Iterator[None]:
    try:
        yield
    except _NEVER_LEFT as error:
        raise NoAnswerError(_unreached(host, error), may_have_arrived=False) from None
    except _TOO_LATE:
        raise NoAnswerError(
            f"{host} gave no answer in {timeout:g} seconds.", may_have_arrived=True
        ) from None
    except _BROKE:
        raise NoAnswerError(
            f"{host} ended the connection before its answer was whole.", may_have_arrived=True
        ) from None


def _unreached(host: str, error: Exception) -> str:
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        return f"{host} shows a certificate that is not trusted here, and was not told anything."
    return f"{host} cannot be reached."


class _Transport(httpx.BaseTransport):
    """Joins httpx to connections that are guarded where they are made.

    The pool knows hosts by name, so a certificate is checked against the name and never shared
    between two names on one address.
    """

    def __init__(self, private: frozenset[str]) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(),
            max_connections=20,
            # Shorter than platforms keep an idle connection, so that a send seldom meets a dead one
            # and has to be called uncertain.
            keepalive_expiry=15,
            network_backend=_Doorman(private),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            answer.status,
            headers=answer.headers,
            stream=_Body(answer),
            extensions=answer.extensions,
        )

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        return self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


class _Doorman(httpcore.NetworkBackend):
    """Resolves a name once, looks at every address, and connects to one it has looked at."""

    def __init__(self, private: frozenset[str]) -> None:
        self._private = private
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        failure: Exception | None = None
        for address in looked_at(host, port, self._private):
            try:
                return _Watched(
                    self._plain.connect_tcp(
                        address, port, _left(timeout), local_address, socket_options
                    )
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure or httpcore.ConnectError(f"{host} has no address")


def _resolve(host: str, port: int) -> list[str]:
    try:
        rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NoAnswerError(
            f"The name {host} is not known to the name server.", may_have_arrived=False
        ) from None
    return list(dict.fromkeys(str(row[4][0]) for row in rows))


class _Watched(httpcore.NetworkStream):
    """A connection whose every read and write ends at the deadline of the call it serves."""

    def __init__(self, inner: httpcore.NetworkStream) -> None:
        self._inner = inner

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        return _Watched(self._inner.start_tls(ssl_context, server_hostname, _left(timeout)))

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _left(timeout: float | None) -> float:
    """Seconds until the deadline, at most `timeout`. Raises when it has passed."""
    left = min(_deadline.get() - time.monotonic(), CONNECT if timeout is None else timeout)
    if left <= 0:
        raise httpcore.ReadTimeout
    return left
