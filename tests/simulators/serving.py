"""Runs a simulator: prints its port, serves until its standard input ends."""

import os
import socket
import sys
import threading
from typing import Any

import uvicorn


def serve(application: Any) -> None:
    """Until whoever started it goes."""
    listener = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=_end_with_parent, daemon=True).start()
    print(listener.getsockname()[1], flush=True)
    config = uvicorn.Config(application, log_level="error", lifespan="off")
    uvicorn.Server(config).run(sockets=[listener])


def _end_with_parent() -> None:
    sys.stdin.read()
    os._exit(0)
