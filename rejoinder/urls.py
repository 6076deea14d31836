"""Addresses: everything a browser can ask for."""

from django.urls import include, path

urlpatterns = [
    path("", include("rejoinder.web.urls")),
    path("accounts/", include("allauth.urls")),
]
