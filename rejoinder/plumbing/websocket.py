"""The messages of a WebSocket as a stream of lines (RFC 6455), and no more than somebody takes."""

import base64
import os
from collections.abc import Iterator

import httpx
from websockets.frames import Frame, Opcode
from websockets.protocol import Protocol, Side, State
from websockets.utils import accept_key

from rejoinder.plumbing.answer import NoAnswerError
from rejoinder.plumbing.stream import Stream

MOST = 1_000_000  # bytes of one message
_CHUNK = 65_536


def asked() -> dict[str, str]:
    """What asks for a WebSocket, with a key of its own."""
    return {
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode(),
        "Sec-WebSocket-Version": "13",
    }


class Lines(Stream):
    """Each text message and a newline; a message with newlines of its own is several lines.

    Pings are answered, what is binary is passed over. The far end waits when nobody takes.
    """

    def __init__(self, response: httpx.Response, key: str, quiet: float) -> None:
        """Raises NoAnswerError when it says 101 and does not prove that it means this."""
        proof = response.headers.get("sec-websocket-accept")
        if response.status_code == 101 and proof != accept_key(key):
            response.close()
            raise NoAnswerError("It answered, and not as a WebSocket.", may_have_arrived=True)
        self._quiet = quiet
        super().__init__(response)

    def _pieces(self) -> Iterator[bytes]:
        if self.status != 101:
            return
        line = self._response.extensions["network_stream"]
        protocol = Protocol(Side.CLIENT, state=State.OPEN, max_size=MOST)
        rest: list[bytes] = []
        while data := line.read(_CHUNK, self._quiet):
            protocol.receive_data(data)
            for answer in protocol.data_to_send():
                if answer:
                    line.write(answer, self._quiet)
            if found := b"".join(_lines(protocol, rest)):
                yield found
            if protocol.close_expected():
                return


def _lines(protocol: Protocol, rest: list[bytes]) -> Iterator[bytes]:
    """Messages in what was received; `rest` keeps the parts of one that is not whole yet."""
    for event in protocol.events_received():
        if not isinstance(event, Frame) or event.opcode not in {Opcode.TEXT, Opcode.CONT}:
            continue
        if event.opcode is Opcode.TEXT:
            rest.clear()
        elif not rest:
            continue  # of a binary message
        rest.append(bytes(event.data))
        if event.fin:
            yield b"".join(rest) + b"\n"
            rest.clear()
