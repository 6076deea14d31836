"""Serves the echo page by itself, without a desk behind it."""

import asyncio
import signal
from pathlib import Path

from rejoinder.cli._leaks import Teller
from rejoinder.privacy.leakcheck.check import Checker

_STOPS = (signal.SIGINT, signal.SIGTERM)


def serve(host: str, port: int, checks: Checker) -> int:
    """Show whoever comes what they sent, until a signal ends it; the exit code."""
    _words()
    import uvicorn

    from rejoinder.web.public import addresses
    from rejoinder.web.public.echo import Echo

    teller = Teller(checks)
    server = uvicorn.Server(
        uvicorn.Config(
            Echo(checks, teller.tell),
            host=host,
            port=port,
            lifespan="off",
            access_log=False,
            log_config=None,
            server_header=False,
            proxy_headers=False,
        )
    )
    for stop in _STOPS:  # uvicorn ends in peace and then raises the signal again
        signal.signal(stop, lambda *_: None)
    teller.say(f"Open http://{host}:{port}{addresses.ECHO} on mobile data. Ctrl-C ends it.")
    asyncio.run(server.serve())
    return teller.end() if server.started else 2


def _words() -> None:
    """Templates and translations of the pages, and nothing else of a desk."""
    import django
    from django.conf import settings

    from rejoinder import web

    folder = Path(web.__file__).parent
    settings.configure(
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [folder / "templates"],
            }
        ],
        LANGUAGE_CODE="en-gb",
        LANGUAGES=[("en-gb", "English"), ("de", "Deutsch")],
        LOCALE_PATHS=[folder / "locale"],
        LOGGING_CONFIG=None,
    )
    django.setup()
