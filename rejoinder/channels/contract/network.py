"""The guarded network, as a channel is given it. Pure."""

from typing import Any, Protocol, runtime_checkable

from rejoinder.plumbing.answer import Answer


class Http(Protocol):
    """The guarded network, as a channel is given it. Raises `plumbing.answer.NoAnswerError`."""

    def call(
        self,
        method: str,
        url: str,
        *,
        header: dict[str, str] | None = None,
        query: dict[str, str | int | list[str]] | None = None,
        json: Any = None,
        content: bytes | None = None,
        timeout: float = 30.0,
    ) -> Answer:
        """One call. Follows no redirect, keeps at most 10 MB of the answer.

        Sends `json`, or `content` as it stands.
        """
        ...


class Flow(Protocol):
    """An answer that goes on; what nobody takes is not read, so that the platform waits."""

    status: int
    header: dict[str, str]

    def take(self, within: float) -> bytes:
        """What came, empty when nothing does in so long. Raises NoAnswerError at its end."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...


@runtime_checkable
class Streams(Protocol):
    """A network that can also follow an answer that goes on, as the desk's own can."""

    def stream(self, url: str, *, header: dict[str, str], quiet: float) -> Flow:
        """It is over when nothing comes for `quiet` seconds. Raises NoAnswerError."""
        ...


@runtime_checkable
class Sockets(Protocol):
    """A network that can also follow the messages of a WebSocket, as the desk's own can."""

    def socket(self, url: str, *, quiet: float, header: dict[str, str] | None = None) -> Flow:
        """Each text message with a newline. Raises NoAnswerError when it does not begin."""
        ...
