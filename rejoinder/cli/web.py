"""Serve the pages and the event streams."""

from argparse import ArgumentParser, Namespace
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

NAME = "web"
HELP = "Serve the pages and the event streams; run several behind a proxy if you like."
EXAMPLE = "rejoinder web"


def arguments(parser: ArgumentParser) -> None:
    parser.set_defaults()


# Seconds until a thread that renders a page lets the loop have its turn: a tenth of the usual,
# so that public pages and event streams go on while every thread is busy.
SWITCH = 0.0005
FAILED = 3  # as uvicorn says that it could not begin


def run(_: Namespace) -> int:
    import sys

    import uvicorn

    from rejoinder.door import Door
    from rejoinder.plumbing import logging, tracing
    from rejoinder.plumbing.config import config

    logging.start("web")
    tracing.start("web")
    sys.setswitchinterval(SWITCH)
    door = Door()

    class Server(uvicorn.Server):
        """Tells streams of its end, which would else be cut off, and said to be a fault."""

        def handle_exit(self, sig: int, frame: "FrameType | None") -> None:
            super().handle_exit(sig, frame)
            door.end_streams()

    settings = uvicorn.Config(
        door,
        host=config().host,
        port=config().port,
        http="httptools",
        ws="none",
        lifespan="on",
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=bool(config().proxies),
        forwarded_allow_ips=list(config().proxies),
        timeout_graceful_shutdown=2,
    )
    server = Server(settings)
    with suppress(KeyboardInterrupt):  # raised again once everything is closed
        server.run()
    return 0 if server.started else FAILED
