"""What a monitor reads: figures in Prometheus' words, for a machine with a token or on this one."""

from collections.abc import Iterator
from hmac import compare_digest
from ipaddress import ip_address

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from rejoinder.plumbing import clock
from rejoinder.plumbing.config import config
from rejoinder.reporting.metrics import figures

KIND = "text/plain; version=0.0.4; charset=utf-8"
# Whoever asks through a proxy comes from elsewhere, although the proxy is on this machine.
_PASSED_ON = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")


@login_not_required
@require_GET
def metrics(request: HttpRequest) -> HttpResponse:
    """With the token that REJOINDER_METRICS_TOKEN holds; without one set, from this machine."""
    if not _may(request):
        return HttpResponse(
            "Metrics need the token of REJOINDER_METRICS_TOKEN as a bearer, or, where none is set,"
            " a call from this machine that passed no proxy.\n",
            status=401,
            content_type="text/plain",
            headers={"WWW-Authenticate": "Bearer"},
        )
    registry = CollectorRegistry()
    registry.register(_Now())
    return HttpResponse(generate_latest(registry), content_type=KIND)


class _Now(Collector):
    """Read when asked: no process counts for itself, so several say the same."""

    def collect(self) -> Iterator[CounterMetricFamily | GaugeMetricFamily]:
        for figure in figures(clock.now()):
            family = CounterMetricFamily if figure.grows else GaugeMetricFamily
            told = family(figure.name, figure.says, labels=figure.labels)
            for labels, value in figure.samples:
                told.add_metric(labels, value)
            yield told


def _may(request: HttpRequest) -> bool:
    wanted = config().metrics_token
    if wanted:
        given = request.META.get("HTTP_AUTHORIZATION", "")
        return compare_digest(given.encode(), f"Bearer {wanted}".encode())
    if any(name in request.META for name in _PASSED_ON):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
