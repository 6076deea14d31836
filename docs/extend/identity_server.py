"""The organisation's side of an identity check: a small server that shows what yours has to do.

    REJOINDER_IDENTITY_SECRET=… python identity_server.py --desk https://desk.example.com

It signs nobody in: where two buttons stand, your own sign-in belongs. It needs Python alone.
"""

import argparse
import hashlib
import hmac
import html
import json
import os
import time
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

SKEW = 300  # seconds that two clocks may be apart
LARGEST = 10_000  # bytes of a form


class Server(ThreadingHTTPServer):
    """What the pages need: the secret, the desk, and the numbers that were used."""

    def __init__(self, address: tuple[str, int], secret: str, desk: str) -> None:
        super().__init__(address, Pages)
        self.secret, self.desk = secret, desk.rstrip("/")
        self.used: set[str] = set()


class Pages(BaseHTTPRequestHandler):
    """Two pages: where the person makes sure, and where they are sent on from."""

    server: Server

    def do_GET(self) -> None:
        """The desk sent somebody here."""
        asked = first(urlsplit(self.path).query)
        if not is_signed(asked, self.server.secret, time.time()):
            self.answer(403, "<p>This link was not made by our desk, or it is old.</p>")
            return
        hidden = "".join(
            f'<input type="hidden" name="{html.escape(name)}" value="{html.escape(value)}">'
            for name, value in asked.items()
        )
        self.answer(
            200,
            f"<p>Reference {html.escape(asked['ref'])}. Here your own sign-in stands.</p>"
            f'<form method="post">{hidden}'
            '<button name="result" value="passed">It is me</button>'
            '<button name="result" value="failed">It is not</button></form>',
        )

    def do_POST(self) -> None:
        """The person has signed in, or has not: tell the desk, and send them back."""
        length = min(int(self.headers.get("Content-Length") or 0), LARGEST)
        asked = first(self.rfile.read(length).decode())
        result = asked.pop("result", "")
        mine = is_signed(asked, self.server.secret, time.time())
        if not mine or result not in {"passed", "failed"} or asked["nonce"] in self.server.used:
            self.answer(403, "<p>This cannot be answered.</p>")
            return
        self.server.used.add(asked["nonce"])
        body = json.dumps(
            {"ref": asked["ref"], "nonce": asked["nonce"], "result": result, "method": "password"}
        ).encode()
        if not tell(self.server.desk, body, self.server.secret, int(time.time())):
            self.answer(502, "<p>The desk could not be told. Please try again.</p>")
            return
        self.send_response(303)
        self.send_header("Location", asked["back"])
        self.end_headers()

    def answer(self, status: int, page: str) -> None:
        """A page."""
        body = f'<!doctype html><html lang="en"><title>Is it you?</title>{page}</html>'.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing: addresses of people are no matter for a log."""


def first(query: str) -> dict[str, str]:
    """Each value of a form or an address, once."""
    return {name: values[0] for name, values in parse_qs(query).items()}


def is_signed(asked: dict[str, str], secret: str, now: float) -> bool:
    """Whether the desk made this request, within SKEW of now."""
    names = ("ref", "at", "nonce", "back")
    if set(asked) != {*names, "sig"} or not asked["at"].isdecimal():
        return False
    lines = "\n".join(["rejoinder-identity-request-1", *(asked[name] for name in names)])
    expected = hmac.new(secret.encode(), lines.encode(), hashlib.sha256).hexdigest()
    same = hmac.compare_digest(expected.encode(), asked["sig"].encode())
    return same and abs(now - int(asked["at"])) <= SKEW


def tell(desk: str, body: bytes, secret: str, at: int) -> bool:
    """Whether the desk kept the answer."""
    signed = f"rejoinder-identity-answer-1\n{at}\n".encode() + body
    mac = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    headers = {"Content-Type": "application/json", "Rejoinder-Identity": f"t={at},v1={mac}"}
    request = urllib.request.Request(f"{desk}/identity/answer", body, headers)  # noqa: S310  # the desk that was named at the start
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310  # as above
            return bool(answer.status == 200)
    except urllib.error.URLError:
        return False


def main() -> None:
    """Serve on loopback; your web server stands in front, with https."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--desk", required=True, help="such as https://desk.example.com")
    parser.add_argument("--port", type=int, default=8090)
    given = parser.parse_args()
    secret = os.environ["REJOINDER_IDENTITY_SECRET"]
    Server(("127.0.0.1", given.port), secret, given.desk).serve_forever()


if __name__ == "__main__":
    main()
