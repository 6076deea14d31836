"""A WordPress of its own: the system's, on PHP's own server and a MariaDB of its own, loopback."""

import json
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from signal import SIGTERM

import httpx

from tests.ports import free_port
from tests.real.network import START, NotReadyError, process

HERE = Path(__file__).parent
SOURCE = Path("/usr/share/wordpress")
CONTENT = Path("/var/lib/wordpress/wp-content")
PASSWORD = "made-up-password"
HOST = "127.0.0.1"

CONFIG = """<?php
define('DB_NAME', 'site'); define('DB_USER', 'site'); define('DB_PASSWORD', 'site');
define('DB_HOST', '127.0.0.1:{database}');
define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
foreach (array('AUTH_KEY', 'SECURE_AUTH_KEY', 'LOGGED_IN_KEY', 'NONCE_KEY', 'AUTH_SALT',
    'SECURE_AUTH_SALT', 'LOGGED_IN_SALT', 'NONCE_SALT') as $key) define($key, "made-up-$key");
$table_prefix = 'wp_';
define('WP_HOME', 'http://{site}'); define('WP_SITEURL', 'http://{site}');
define('WP_HTTP_BLOCK_EXTERNAL', true); define('DISABLE_WP_CRON', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
define('WP_ENVIRONMENT_TYPE', 'local'); // application passwords without TLS
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
"""
SETUP = (
    "CREATE DATABASE site; CREATE USER site@'127.0.0.1' IDENTIFIED BY 'site';"
    "GRANT ALL ON site.* TO site@'127.0.0.1';"
)


@dataclass(frozen=True)
class WordPress:
    """A running site: its address, the number of a post, the desk's and a subscriber's password."""

    url: str
    post: int
    version: str
    desk: str
    subscriber: str
    folder: Path

    def says(self, who: str, text: str, *, parent: int = 0, post: int = 0) -> int:
        """A reader comments with the form below a post; the number of the comment."""
        form = {
            "comment": text,
            "author": who,
            "email": f"{who.lower()}@example.test",
            "comment_post_ID": post or self.post,
            "comment_parent": parent,
        }
        answer = httpx.post(f"{self.url}/wp-comments-post.php", data=form, timeout=60)
        assert answer.status_code == 302, answer.text
        # The page a reader is sent to is theirs: its address ends with their comment.
        return int(answer.headers["location"].rpartition("#comment-")[2])

    def admin(self, verb: str, route: str, **given: object) -> httpx.Response:
        """A moderator does something on the site, signed in as its desk user."""
        url = f"{self.url}/wp-json/wp/v2{route}"
        answer = httpx.request(verb, url, auth=("desk", self.desk), timeout=60, **given)  # type: ignore[arg-type]  # passed on
        return answer.raise_for_status()


@contextmanager
def wordpress() -> Iterator[WordPress]:
    """A new site with one post; some six seconds."""
    if not SOURCE.exists() or shutil.which("mariadbd") is None:
        raise NotReadyError("WordPress is missing: run `make setup-real`.")
    with ExitStack() as stack:
        room = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="rejoinder-wordpress-")))
        database = stack.enter_context(_database(room))
        site = f"{HOST}:{free_port()}"
        _copy(room, CONFIG.replace("{database}", str(database)).replace("{site}", site))
        told = json.loads(_php(room, "install.php", site))
        server = ["php", "-d", "error_reporting=0", "-S", site, "-t", "site", "router.php"]
        stack.enter_context(process(server, room, room, {}, until="started", ends=SIGTERM))
        url = f"http://{site}"
        _answers(url)
        yield WordPress(url=url, folder=room, **told)


@contextmanager
def _database(room: Path) -> Iterator[int]:
    user = pwd.getpwuid(os.geteuid()).pw_name
    data, socket, port = room / "data", room / "database.sock", free_port()
    subprocess.run(
        [
            "mariadb-install-db",
            "--no-defaults",
            f"--datadir={data}",
            f"--user={user}",
            "--auth-root-authentication-method=normal",
            "--skip-test-db",
        ],
        check=True,
        capture_output=True,
    )
    command = [
        shutil.which("mariadbd") or "",
        "--no-defaults",
        f"--datadir={data}",
        f"--user={user}",
        f"--bind-address={HOST}",
        f"--port={port}",
        f"--socket={socket}",
        f"--pid-file={room / 'database.pid'}",
        "--skip-log-bin",
        "--innodb-flush-log-at-trx-commit=0",
    ]
    with process(command, room, room, {}, until="ready for connections", ends=SIGTERM):
        client = ["mariadb", "--no-defaults", "-S", str(socket), "-u", "root", "-e", SETUP]
        subprocess.run(client, check=True, capture_output=True)
        yield port


def _copy(room: Path, config: str) -> None:
    """The system's files, without its configuration; links to other packages become files."""
    site = room / "site"
    unwanted = shutil.ignore_patterns("wp-config.php", "wp-content")
    shutil.copytree(SOURCE, site, ignore=unwanted, ignore_dangling_symlinks=True)
    shutil.copytree(CONTENT, site / "wp-content", ignore_dangling_symlinks=True)
    plugins = site / "wp-content" / "mu-plugins"
    plugins.mkdir()
    shutil.copy(HERE / "test-only.php", plugins)
    (site / "wp-config.php").write_text(config)
    for script in ("install.php", "router.php"):
        shutil.copy(HERE / script, room)


def _php(room: Path, script: str, *words: str) -> str:
    command = ["php", "-d", "error_reporting=0", script, *words]
    done = subprocess.run(command, cwd=room, capture_output=True, text=True, check=False)
    if done.returncode or not done.stdout.strip():
        raise NotReadyError(f"{script}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout.splitlines()[-1]


def _answers(url: str) -> None:
    deadline = time.monotonic() + START
    while time.monotonic() < deadline:
        try:
            if httpx.get(f"{url}/wp-json/", timeout=60).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    raise NotReadyError("The site does not answer.")
