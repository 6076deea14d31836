"""What mitmproxy runs for `leakcheck --proxy`: hands each request over as one JSON line.

It is read by another Python in another environment, where nothing of ours can be imported.
"""

import base64
import json
import os
from typing import Any

PIPE = "REJOINDER_EYE"  # the number of the descriptor to write to


class Eye:
    """An addon: its methods are called by their names (mitmproxy, Event Hooks)."""

    def __init__(self) -> None:
        self._pipe = int(os.environ[PIPE])

    def running(self) -> None:
        """The proxy listens."""
        self._write({"ready": True})

    def tls_clienthello(self, data: Any) -> None:
        """Encrypted traffic passes unread: nobody between the ends can have added anything."""
        data.ignore_connection = True
        self._write({"encrypted": True})

    def request(self, flow: Any) -> None:
        """A whole request, before it leaves. Its host is where it goes, not what it claims."""
        asked = flow.request
        self._write(
            {
                "host": asked.host if asked.port == 80 else f"{asked.host}:{asked.port}",
                "target": asked.path,
                "headers": [[_text(name), _text(value)] for name, value in asked.headers.fields],
                "body": base64.b64encode(asked.raw_content or b"").decode(),
            }
        )

    def _write(self, line: dict[str, Any]) -> None:
        rest = json.dumps(line).encode() + b"\n"
        while rest:
            rest = rest[os.write(self._pipe, rest) :]


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


addons = [Eye()] if PIPE in os.environ else []
