"""The organisation's side of the customer panel: a small server that shows what yours has to do.

    REJOINDER_CUSTOMER_SECRET=… python customer_server.py

It knows one made-up customer. It needs Python alone.
"""

import argparse
import hashlib
import hmac
import json
import os
import re
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SKEW = 300  # seconds that two clocks may be apart
LARGEST = 10_000  # bytes of a question
HEADER = re.compile(r"t=([0-9]{1,11}),n=([A-Za-z0-9_-]{16,64}),v1=([0-9a-f]{64})")
KNOWN = {("mastodon", "tom@town.example"): [("Tariff", "Sample 10 GB", True)]}


class Server(ThreadingHTTPServer):
    """The secret, and the numbers that were used."""

    def __init__(self, address: tuple[str, int], secret: str) -> None:
        super().__init__(address, Questions)
        self.secret = secret
        self.used: set[str] = set()


class Questions(BaseHTTPRequestHandler):
    """One question, one answer."""

    server: Server

    def do_POST(self) -> None:
        """The desk asks about somebody."""
        length = min(int(self.headers.get("Content-Length") or 0), LARGEST)
        body = self.rfile.read(length)
        if not self.is_ours(body):
            self.answer(401, {"error": "not signed by our desk, old, or asked before"})
            return
        asked = json.loads(body)
        facts = [{"label": "Faults near them", "value": "none", "personal": False}]
        # Without a reference nobody has proved who they are: tell nothing personal.
        if asked["reference"]:
            known = KNOWN.get((asked["channel"], asked["handle"]), [])
            facts += [{"label": a, "value": b, "personal": c} for a, b, c in known]
        self.answer(200, {"facts": facts})

    def is_ours(self, body: bytes) -> bool:
        """Whether the desk signed this, within SKEW of now, and never before."""
        found = HEADER.fullmatch(self.headers.get("Rejoinder-Customer", ""))
        if found is None:
            return False
        at, nonce, given = found.groups()
        signed = f"rejoinder-customer-request-1\n{at}\n{nonce}\n".encode() + body
        mac = hmac.new(self.server.secret.encode(), signed, hashlib.sha256).hexdigest()
        fresh = abs(time.time() - int(at)) <= SKEW and nonce not in self.server.used
        if not (fresh and hmac.compare_digest(mac, given)):
            return False
        self.server.used.add(nonce)
        return True

    def answer(self, status: int, told: object) -> None:
        """JSON."""
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing: whom the desk asks about is no matter for a log."""


def main() -> None:
    """Serve on loopback; your web server stands in front, with https."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8090)
    given = parser.parse_args()
    secret = os.environ["REJOINDER_CUSTOMER_SECRET"]
    Server(("127.0.0.1", given.port), secret).serve_forever()


if __name__ == "__main__":
    main()
