"""Pages that explain: the order of the queue, the keys."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rejoinder.listening.models import Need


@require_GET
def order(request: HttpRequest) -> HttpResponse:
    """Why the queue stands as it stands."""
    return render(request, "order.html", {"needs": list(Need)})


@require_GET
def keys(request: HttpRequest) -> HttpResponse:
    """All keys."""
    return render(request, "keys.html")
