"""Traces, as a collector takes them: what is in a span, what never is, and what no span costs."""

import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.test import Client
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from rejoinder.plumbing import tracing, work
from rejoinder.plumbing.answer import NoAnswerError
from rejoinder.plumbing.http import Network
from tests import people

pytestmark = pytest.mark.django_db

CANARY = "07700 900123"


class Collector(ThreadingHTTPServer):
    """What is sent to it, as it came."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"

    def spans(self) -> list[Span]:
        """All of them, once nothing is left to send."""
        tracing.stop()
        sent = [ExportTraceServiceRequest.FromString(body) for body in self.bodies]
        return [
            span
            for request in sent
            for resource in request.resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
        ]


class _Handler(BaseHTTPRequestHandler):
    server: Collector

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"] or 0))
        if self.path == "/v1/traces":
            self.server.bodies.append(body)
        self.send_response(200)
        self.end_headers()

    def do_GET(self) -> None:
        """As a platform."""
        self.do_POST()

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def collector(monkeypatch: pytest.MonkeyPatch) -> Iterator[Collector]:
    with Collector() as found:
        Thread(target=found.serve_forever, daemon=True).start()
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", found.url)
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_COMPRESSION", "none")
        yield found
        tracing.stop()
        found.shutdown()


def about(span: Span) -> dict[str, str | int]:
    return {each.key: each.value.string_value or each.value.int_value for each in span.attributes}


def test_a_page_is_told_by_its_route_and_never_by_what_was_typed(
    collector: Collector, client: Client
) -> None:
    client.force_login(people.alice(), "allauth.account.auth_backends.AuthenticationBackend")
    tracing.start("web")

    client.get("/search", {"words": CANARY})
    client.get(f"/nowhere/{CANARY}")

    found, missing = collector.spans()
    assert found.name == "GET /search"
    assert found.kind == Span.SPAN_KIND_SERVER
    assert about(found) == {
        "http.route": "/search",
        "http.request.method": "GET",
        "http.response.status_code": 200,
    }
    assert (missing.name, about(missing)["http.response.status_code"]) == ("GET", 404)
    sent = b"".join(collector.bodies)
    assert b"rejoinder.part" in sent
    assert b"900123" not in sent


def test_a_call_to_a_platform_belongs_to_the_job_that_made_it(collector: Collector) -> None:
    network = Network({"127.0.0.1"})
    tracing.start("work")

    def job() -> int:
        return network.call("GET", f"{collector.url}/of/{CANARY}", query={"q": CANARY}).status

    work.run_once([work.Job("ask around", 1, job)], now=0)
    network.close()

    call, done = sorted(collector.spans(), key=lambda span: span.name)
    assert (done.name, done.kind) == ("ask around", Span.SPAN_KIND_INTERNAL)
    assert (call.name, call.kind) == ("GET 127.0.0.1", Span.SPAN_KIND_CLIENT)
    assert call.parent_span_id == done.span_id
    assert about(call) == {
        "server.address": "127.0.0.1",
        "http.request.method": "GET",
        "http.response.status_code": 200,
    }
    assert b"900123" not in b"".join(collector.bodies)


def test_an_error_is_told_by_its_kind_and_its_words_are_not(collector: Collector) -> None:
    tracing.start("work")

    def job() -> int:
        raise NoAnswerError(f"{CANARY} was not there", may_have_arrived=False)

    work.run_once([work.Job("ask around", 1, job)], now=0)

    [done] = collector.spans()
    assert about(done) == {"error.type": "NoAnswerError"}
    assert done.status.code == 2
    assert not done.events
    assert b"900123" not in b"".join(collector.bodies)


def test_nothing_is_sent_unless_a_collector_is_named(
    collector: Collector, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OTEL_EXPORTER_OTLP_ENDPOINT")
    tracing.start("work")
    with tracing.span("ask around") as span:
        span.tell("server.address", "example.com")
    assert collector.spans() == []


def test_a_desk_without_the_extra_says_so_and_goes_on(
    collector: Collector, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.trace", None)
    tracing.start("work")
    assert "Install rejoinder[telemetry]" in caplog.text
    with tracing.span("ask around"):
        pass
    assert collector.spans() == []
