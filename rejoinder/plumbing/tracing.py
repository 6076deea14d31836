"""Traces for whoever collects them with OpenTelemetry: what took how long, in every part.

A span has the name of a route, a job or a host. What somebody typed or wrote, an address with the
numbers in it, the words of an error: none of it is ever in one, and no platform is sent the name of
a trace. Nothing leaves unless one of OpenTelemetry's own variables (`ENDPOINTS`) names a collector;
until then a span costs a comparison. The others of its variables hold too: sampling, headers,
attributes. Needs the extra `telemetry`.

https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
https://opentelemetry.io/docs/specs/semconv/http/http-spans/
"""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

from rejoinder import __version__

if TYPE_CHECKING:
    from opentelemetry import trace
    from opentelemetry.sdk.trace import TracerProvider

ENDPOINTS = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
Kind = Literal["INTERNAL", "SERVER", "CLIENT"]

_LOG = logging.getLogger(__name__)
_provider: "TracerProvider | None" = None


class Span:
    """A piece of work while it runs. Where nobody collects, what is said of it goes nowhere."""

    def __init__(self, kept: "trace.Span | None" = None) -> None:
        self._kept = kept

    def rename(self, name: str) -> None:
        """Once it is known better what it is."""
        if self._kept:
            self._kept.update_name(name)

    def tell(self, name: str, value: str | int) -> None:
        """An attribute, by its name among the semantic conventions."""
        if self._kept:
            self._kept.set_attribute(name, value)

    def failed(self, error: str) -> None:
        """With this kind of error, or this status."""
        if self._kept:
            from opentelemetry.trace import StatusCode

            self._kept.set_attribute("error.type", error)
            self._kept.set_status(StatusCode.ERROR)


_NOBODY = Span()


def start(part: str) -> None:
    """Begin to send the spans of this process, if a collector is named; `part` as in the log."""
    global _provider  # noqa: PLW0603  # one for a process, as the log is
    if not any(os.environ.get(name) for name in ENDPOINTS):
        return
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError:
        _LOG.warning(
            "No traces are sent: OpenTelemetry is asked for and not installed. Install "
            "rejoinder[telemetry], or unset %s.",
            " and ".join(ENDPOINTS),
        )
        return
    name = os.environ.get("OTEL_SERVICE_NAME") or "rejoinder"
    about = {"service.name": name, "service.version": __version__, "rejoinder.part": part}
    _provider = TracerProvider(resource=Resource.create(about))
    _provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))


def stop() -> None:
    """Send what is left. The end of a process does this by itself."""
    global _provider  # noqa: PLW0603
    if _provider:
        _provider.shutdown()
    _provider = None


@contextmanager
def span(name: str, kind: Kind = "INTERNAL") -> Iterator[Span]:
    """The work inside, and what it took. An error that leaves it is told by its kind alone."""
    if _provider is None:
        yield _NOBODY
        return
    from opentelemetry.trace import SpanKind

    with _provider.get_tracer("rejoinder", __version__).start_as_current_span(
        name, kind=SpanKind[kind], record_exception=False, set_status_on_exception=False
    ) as kept:
        found = Span(kept)
        try:
            yield found
        except Exception as error:
            found.failed(type(error).__qualname__)
            raise
