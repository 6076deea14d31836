"""Serve the pages and the event streams."""

from argparse import ArgumentParser, Namespace

NAME = "web"
HELP = "Serve the pages and the event streams; run several behind a proxy if you like."
EXAMPLE = "rejoinder web"


def arguments(parser: ArgumentParser) -> None:
    parser.set_defaults()


def run(_: Namespace) -> int:
    import uvicorn

    from rejoinder.door import Door
    from rejoinder.plumbing import logging
    from rejoinder.plumbing.config import config

    logging.start("web")
    uvicorn.run(
        Door(),
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
    return 0
