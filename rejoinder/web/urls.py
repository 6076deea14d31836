"""The desk's own addresses, one line each."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


urlpatterns = [
    path("", healthz, name="inbox"),
    path("healthz", healthz, name="healthz"),
]
