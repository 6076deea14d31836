"""Two servers of the fediverse that tell each other what is said: snac2 behind nginx, loopback.

Servers know each other by names without a port. Both names lead to one address of the loopback
network, with a hosts file that only the servers see, and a resolver that only the test sees.
"""

import random
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from signal import SIGTERM
from typing import Any
from unittest import mock

import httpx

from tests.ports import free_port
from tests.real import mounts
from tests.real.network import PARTS, START, NotReadyError, process

SNAC = PARTS / "snac" / "usr" / "bin" / "snac"
BACK = "http://localhost/back"
SCOPE = "read write"

NGINX = """daemon off; user root; worker_processes 1; pid {room}/nginx.pid; error_log stderr notice;
events {{}}
http {{ access_log off; client_max_body_size 20m; client_body_temp_path {room}/body;
  proxy_temp_path {room}/proxy; fastcgi_temp_path {room}/f; uwsgi_temp_path {room}/u;
  scgi_temp_path {room}/s; {sites} }}
"""
SITE = """server {{ listen {address}:80; server_name {name};
  location / {{ proxy_pass http://127.0.0.1:{port}; proxy_set_header Host $host; }} }}
"""


@dataclass(frozen=True)
class Person:
    """An account on a server, signed in as an app of theirs would be."""

    name: str
    server: str
    password: str
    token: str

    @property
    def handle(self) -> str:
        return f"{self.name}@{self.server}"

    def call(self, verb: str, path: str, **given: Any) -> Any:
        """What an app does for them."""
        url, header = f"http://{self.server}{path}", {"Authorization": f"Bearer {self.token}"}
        answer = httpx.request(verb, url, headers=header, timeout=60, **given)
        assert answer.status_code == 200, (answer.status_code, answer.text[:500])
        return answer.json()

    def says(self, text: str, **given: Any) -> dict[str, Any]:
        """Post; the status as their own server has it."""
        said: dict[str, Any] = self.call("POST", "/api/v1/statuses", json={"status": text} | given)
        return said

    def deletes(self, status: dict[str, Any]) -> None:
        """Take it back on the server's own page, as people do: its API has no call for it."""
        form = {"action": "Delete", "id": status["uri"]}
        url = f"http://{self.server}/{self.name}/admin/action"
        answer = httpx.post(url, data=form, auth=(self.name, self.password), timeout=30)
        assert answer.status_code in {200, 303}, answer.text[:500]


@dataclass(frozen=True)
class Server:
    """One running server."""

    name: str
    folder: Path

    @property
    def url(self) -> str:
        return f"http://{self.name}"

    def sign_up(self, name: str) -> Person:
        """A new account."""
        told = _snac("adduser", self.folder, name, given="\n\n\n")
        found = re.search(r"password is (\S+)", told)
        assert found, told
        return self._signed_in(name, found[1])

    def _signed_in(self, name: str, password: str) -> Person:
        app = self._post("/api/v1/apps", client_name="An app", redirect_uris=BACK, scopes=SCOPE)
        asked = {"response_type": "code", "client_id": app["client_id"], "scope": SCOPE}
        page = f"{self.url}/oauth/authorize"
        page += "?" + str(httpx.QueryParams(asked | {"redirect_uri": BACK, "state": "made-up"}))
        came = signs_in(page, name, password)
        token = self._post(
            "/oauth/token",
            grant_type="authorization_code",
            client_id=app["client_id"],
            client_secret=app["client_secret"],
            redirect_uri=BACK,
            code=came["code"],
        )["access_token"]
        return Person(name, self.name, password, token)

    def _post(self, path: str, **given: str) -> Any:
        answer = httpx.post(self.url + path, json=given, timeout=30)
        assert answer.status_code == 200, answer.text
        return answer.json()


@dataclass(frozen=True)
class Fediverse:
    """The brand's server and a customer's."""

    brand: Server
    customer: Server


def signs_in(page: str, name: str, password: str) -> dict[str, str]:
    """A person says yes on the page where a server asks them; what their browser comes back with.

    The page is a form of the server's own, with the name and the password to fill in.
    """
    shown = httpx.get(page, timeout=30)
    assert shown.status_code == 200, shown.text
    form = dict(re.findall(r'name="([^"]+)"[^>]*value="([^"]*)"', shown.text))
    action = re.search(r'action="([^"]+)"', shown.text)
    assert action, shown.text
    answer = httpx.post(action[1], data=form | {"login": name, "passwd": password}, timeout=30)
    assert answer.status_code == 303, answer.text
    return dict(httpx.URL(answer.headers["location"]).params)


@contextmanager
def fediverse() -> Iterator[Fediverse]:
    """Two servers that know nobody yet; about two seconds."""
    if not SNAC.exists() or shutil.which("nginx") is None:
        raise NotReadyError("The fediverse servers are missing: run `make setup-real`.")
    with ExitStack() as stack:
        room = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="rejoinder-snac-")))
        address = _free_address()
        names = ("brand.test", "cust.test")
        (room / "hosts").write_text(f"127.0.0.1 localhost\n{address} {' '.join(names)}\n")
        ports = {name: free_port() for name in names}
        servers = [_server(stack, room, name, port) for name, port in ports.items()]
        stack.enter_context(_front(room, address, ports))
        stack.enter_context(_resolved(dict.fromkeys(names, address)))
        for server in servers:
            _answers(server.url)
        yield Fediverse(*servers)


def _server(stack: ExitStack, room: Path, name: str, port: int) -> Server:
    folder, own = room / name, room / f"{name}.log"
    own.mkdir()
    _snac("init", folder, given=f"127.0.0.1\n{port}\n{name}\n\n\n")
    settings = folder / "server.json"
    plain = re.sub(r'"protocol": *"https"', '"protocol": "http"', settings.read_text())
    settings.write_text(plain)
    names = ("--bind", room / "hosts", "/etc/hosts")  # the server alone sees these names
    command = mounts.alone(names, [SNAC, "httpd", folder])
    stack.enter_context(process(command, own, own, {}, until="httpd start", ends=SIGTERM))
    return Server(name, folder)


@contextmanager
def _front(room: Path, address: str, ports: dict[str, int]) -> Iterator[None]:
    sites = [SITE.format(address=address, name=name, port=ports[name]) for name in ports]
    settings = room / "nginx.conf"
    settings.write_text(NGINX.format(room=room, sites="".join(sites)))
    command = ["nginx", "-e", "stderr", "-c", settings]
    with process(command, room, room, {}, until="start worker process ", ends=SIGTERM):
        yield


def _snac(verb: str, folder: Path, *words: str, given: str = "") -> str:
    command: list[Any] = [SNAC, verb, folder, *words]
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotReadyError(f"snac {verb}: {done.stdout}{done.stderr}")
    return done.stdout + done.stderr


def _free_address() -> str:
    """An address of the loopback network whose port 80 nobody has."""
    for _ in range(50):
        address = f"127.{random.randint(1, 254)}.{random.randint(1, 254)}.1"
        with socket.socket() as door:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                door.bind((address, 80))
            except OSError:
                continue
            return address
    raise NotReadyError("Port 80 is taken on every address of the loopback network.")


@contextmanager
def _resolved(names: dict[str, str]) -> Iterator[None]:
    real = socket.getaddrinfo

    def look_up(host: Any, *more: Any, **given: Any) -> Any:
        return real(names.get(host, host), *more, **given)

    with mock.patch("socket.getaddrinfo", look_up):
        yield


def _answers(url: str) -> None:
    deadline = time.monotonic() + START
    while time.monotonic() < deadline:
        try:
            if httpx.get(f"{url}/api/v1/instance", timeout=60).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.05)
    raise NotReadyError(f"{url} does not answer.")
