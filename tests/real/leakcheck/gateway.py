"""A carrier's gateway (squid), our eye behind it (mitmproxy), and two sites, all on loopback."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx

from tests.ports import free_port
from tests.real import mounts
from tests.real.network import PARTS, NotReadyError, process

HEADER = "X-Up-Calling-Line-Id"
NUMBER = "447700900123"
PARTNER, OTHER = "127.0.0.1", "127.0.0.2"  # two hosts, as far as anybody can see
MITMDUMP = PARTS / "mitmproxy" / "bin" / "mitmdump"

_SQUID = """
http_port 127.0.0.1:{squid}
cache_peer 127.0.0.1 parent {eye} 0 no-query no-digest no-netdb-exchange default
never_direct allow all
http_access allow all
acl told {rule}
request_header_add {header} "{number}" told
cache deny all
access_log none
cache_log /dev/null
pid_filename {room}/pid
coredump_dir {room}
cache_effective_user nobody
pinger_enable off
via off
forwarded_for delete
shutdown_lifetime 0 seconds
"""


@dataclass
class Run:
    """One phone behind one gateway, and what came of it when it is over."""

    proxy: str
    port: int
    seen: list[tuple[str, str, str | None]]  # host, path, and the number that the site was sent
    said: list[dict[str, Any]] = field(default_factory=list)
    code: int | None = None

    def get(self, host: str, path: str) -> int:
        with httpx.Client(proxy=self.proxy, trust_env=False, timeout=20) as phone:
            return phone.get(f"http://{host}:{self.port}{path}").status_code


@contextmanager
def gateway(rule: str, *words: str) -> Iterator[Run]:
    """A gateway that adds the number where `rule` (with PORT for that of the sites) matches.

    `words` go to `rejoinder leakcheck --proxy`; afterwards the run has its lines and exit code.
    """
    if not MITMDUMP.exists():
        raise NotReadyError("mitmproxy is missing: run `make setup-real`.")
    squid, eye = free_port(), free_port()
    with ExitStack() as stack:
        room = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="rejoinder-squid-")))
        room.chmod(0o777)  # squid writes there as nobody
        seen: list[tuple[str, str, str | None]] = []
        port = stack.enter_context(_sites(seen))
        run = Run(f"http://127.0.0.1:{squid}", port, seen)
        given = [word.replace("PORT", str(port)) for word in words]
        stack.enter_context(_eye(run, eye, given))
        settings = room / "squid.conf"
        settings.write_text(
            _SQUID.format(
                squid=squid, eye=eye, rule=rule.replace("PORT", str(port)), header=HEADER,
                number=NUMBER, room=room,
            )
        )  # fmt: skip
        command = ["/usr/sbin/squid", "-N", "-d1", "-f", settings]
        # It shares memory even with itself, as nobody.
        apart = mounts.alone(mounts.SHARED_MEMORY, command)
        stack.enter_context(process(apart, room, room, {}, until="Accepting HTTP"))
        yield run


@contextmanager
def _eye(run: Run, port: int, words: list[str]) -> Iterator[None]:
    command = [sys.executable, "-m", "rejoinder.cli", "leakcheck", "--proxy"]
    with subprocess.Popen(
        [*command, "--listen", f"127.0.0.1:{port}", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"REJOINDER_MITMDUMP": str(MITMDUMP)},
    ) as eye:
        assert eye.stderr is not None
        said = []
        for line in eye.stderr:
            said.append(line)
            if "Listening" in line:
                break
        else:
            raise NotReadyError("".join(said))
        try:
            yield
        finally:
            eye.send_signal(signal.SIGINT)
            lines, _ = eye.communicate(timeout=20)
            run.said[:] = [json.loads(line) for line in lines.splitlines()]
            run.code = eye.returncode


@contextmanager
def _sites(seen: list[tuple[str, str, str | None]]) -> Iterator[int]:
    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the library's name
            host = self.connection.getsockname()[0]
            seen.append((host, self.path, self.headers.get(HEADER)))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    port = free_port()
    with ExitStack() as stack:
        for host in (PARTNER, OTHER):
            server = stack.enter_context(ThreadingHTTPServer((host, port), Site))
            threading.Thread(target=server.serve_forever, daemon=True).start()
            stack.callback(server.shutdown)
        yield port
