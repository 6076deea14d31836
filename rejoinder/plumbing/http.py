"""The guarded network: every call the desk makes to a platform goes through here."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import httpcore
import httpx

from rejoinder import __version__
from rejoinder.plumbing import tracing, websocket
from rejoinder.plumbing.answer import Answer, NoAnswerError
from rejoinder.plumbing.config import config
from rejoinder.plumbing.stream import Stream
from rejoinder.plumbing.transport import CONNECT, Transport, until
from rejoinder.plumbing.websocket import Lines

MOST = 10_000_000  # bytes of an answer that are kept

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

Query = dict[str, str | int | list[str]]


class Network:
    """One pool of connections for a process; safe to share between its threads."""

    def __init__(self, private: Iterable[str] = ()) -> None:
        """`private` are the hosts on private networks that may be called, and without TLS."""
        self._private = frozenset(private)
        self._client = httpx.Client(
            transport=Transport(self._private),
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
        with (
            tracing.span(f"{method} {host}", "CLIENT") as span,
            until(time.monotonic() + timeout),
            _one_kind_of_trouble(host, timeout),
        ):
            span.tell("server.address", host)
            span.tell("http.request.method", method)
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
            response = self._client.send(request, stream=True)
            span.tell("http.response.status_code", response.status_code)
            return self._answer(response)

    def stream(self, url: str, *, header: dict[str, str], quiet: float) -> Stream:
        """An answer that goes on, over when nothing comes for `quiet` seconds.

        Raises NoAnswerError when it does not begin.
        """
        scheme, host = _parts(url)
        with until(time.monotonic() + quiet), _one_kind_of_trouble(host, quiet):
            self._refuse_clear_text(scheme, host)
            request = self._client.build_request(
                "GET",
                url,
                headers=header | {"Accept-Encoding": "identity"},
                timeout=httpx.Timeout(quiet, connect=CONNECT),
            )
            return Stream(self._client.send(request, stream=True))

    def socket(self, url: str, *, quiet: float, header: dict[str, str] | None = None) -> Lines:
        """The messages of a WebSocket, wss:// or https://, a line each.

        Over when nothing comes for `quiet` seconds. Raises NoAnswerError when it does not begin.
        """
        url = _as_http(url)
        scheme, host = _parts(url)
        header = (header or {}) | websocket.asked()
        with until(time.monotonic() + CONNECT), _one_kind_of_trouble(host, CONNECT):
            self._refuse_clear_text(scheme, host)
            request = self._client.build_request("GET", url, headers=header, timeout=quiet)
            response = self._client.send(request, stream=True)
            return Lines(response, header["Sec-WebSocket-Key"], quiet)

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


def _first(most: int, chunks: Iterator[bytes]) -> Iterator[bytes]:
    for chunk in chunks:
        yield chunk[:most]
        most -= len(chunk)
        if most <= 0:
            return


def _as_http(url: str) -> str:
    """A WebSocket begins as a call of HTTP, with TLS where it has it."""
    scheme, _, rest = url.partition("://")
    return f"{scheme.lower().replace('ws', 'http', 1)}://{rest}"


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
