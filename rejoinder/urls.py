"""Addresses: everything a browser can ask for."""

from django.urls import include, path
from django.views.generic import RedirectView

from rejoinder.api import v1

urlpatterns = [
    path("", include("rejoinder.web.urls")),
    path("api/v1/", v1.urls()),
    # The desk sends no e-mail: who forgot a password gets a link from an owner.
    path("accounts/password/reset/", RedirectView.as_view(pattern_name="account_login")),
    path("accounts/", include("allauth.urls")),
]

handler400 = "rejoinder.web.frame.errors.not_understood"
handler403 = "rejoinder.web.frame.errors.not_allowed"
handler404 = "rejoinder.web.frame.errors.not_found"
handler500 = "rejoinder.web.frame.errors.broken"
