"""An endpoint on loopback that answers as the chat completions are documented."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

ROLES = {"system", "user", "assistant"}


class Endpoint(ThreadingHTTPServer):
    """Keeps what it was asked; says `words`, or refuses with `status`."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.words: str | None = "We are looking into it. Call 07700 900555."
        self.status = 200

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class _Handler(BaseHTTPRequestHandler):
    server: Endpoint

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(body)
        self.server.keys.append(self.headers.get("Authorization", ""))
        trouble = self._trouble(body)
        if trouble:
            return self._say(400, {"error": {"message": trouble, "type": "invalid_request_error"}})
        if self.server.status != 200:
            told = {"error": {"message": "Rate limit reached", "type": "requests"}}
            return self._say(self.server.status, told)
        message = {"role": "assistant", "content": self.server.words, "refusal": None}
        choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
        usage = {"prompt_tokens": 9, "completion_tokens": 9, "total_tokens": 18}
        head = {"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "small"}
        return self._say(200, head | {"choices": [choice], "usage": usage})

    def _trouble(self, body: dict[str, Any]) -> str:
        if self.path != "/v1/chat/completions":
            return "Unknown path"
        if not isinstance(body.get("model"), str) or not isinstance(body.get("messages"), list):
            return "model and messages are required"
        fine = all(m["role"] in ROLES and isinstance(m["content"], str) for m in body["messages"])
        return "" if fine else "Invalid message"

    def _say(self, status: int, told: dict[str, Any]) -> None:
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nothing."""


@contextmanager
def serving() -> Iterator[Endpoint]:
    """It, until the test ends."""
    with Endpoint() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
