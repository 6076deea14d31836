"""Addresses: everything a browser can ask for."""

from django.urls import include, path

urlpatterns = [
    path("", include("rejoinder.web.urls")),
    path("accounts/", include("allauth.urls")),
]

handler400 = "rejoinder.web.errors.not_understood"
handler403 = "rejoinder.web.errors.not_allowed"
handler404 = "rejoinder.web.errors.not_found"
handler500 = "rejoinder.web.errors.broken"
