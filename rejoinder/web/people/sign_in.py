"""How people come in: by invitation only, with passkeys, codes, or a one-time link."""

from typing import Any, cast
from zoneinfo import available_timezones

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter
from django import forms
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from rejoinder.plumbing import secrets
from rejoinder.team import sign_in
from rejoinder.team.models import Advisor
from rejoinder.web.frame.acting import posted

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("secret")
def by_link(request: HttpRequest, secret: str) -> HttpResponse:
    """Show the button of a one-time link; pressing it signs in and uses the link up."""
    link = sign_in.look(secret)
    if request.method != "POST" or link is None:
        return _ask_or_explain(request, link.advisor if link else None)
    try:
        advisor = sign_in.use(secret)
    except sign_in.LinkUsedUpError:
        return _ask_or_explain(request, None)
    _let_in(request, advisor)
    return redirect("mfa_index")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("secret")
def welcome(request: HttpRequest, secret: str) -> HttpResponse:
    """The first-run page: makes the organisation and its first owner."""
    link = sign_in.look(secret)
    if link is None or not link.makes_owner or sign_in.has_owner():
        return _ask_or_explain(request, None)
    form = FirstRun(posted(request), initial={"time_zone": "Europe/London"})
    if not form.is_valid():
        return render(request, "welcome.html", {"form": form})
    password = form.cleaned_data.pop("password")
    try:
        owner = sign_in.welcome(secret, **form.cleaned_data)
    except sign_in.LinkUsedUpError:
        return _ask_or_explain(request, None)
    if password:
        owner.set_password(password)
        owner.save(update_fields=["password"])
    _let_in(request, owner)
    return redirect("setup")


def _ask_or_explain(request: HttpRequest, advisor: Advisor | None) -> HttpResponse:
    status = 200 if advisor else 410
    return render(request, "sign_in_link.html", {"advisor": advisor}, status=status)


def _let_in(request: HttpRequest, advisor: Advisor) -> None:
    login(request, advisor, backend=BACKEND)
    # A link just used is proof enough to add a passkey without being asked again.
    record_authentication(request, advisor, method="link", reauthenticated=True)


def time_zones() -> list[tuple[str, str]]:
    """Every IANA zone with a place in its name, for a list to choose from."""
    return [(zone, zone.replace("_", " ")) for zone in sorted(available_timezones()) if "/" in zone]


class FirstRun(forms.Form):
    """What a new desk asks of its first owner."""

    organisation = forms.CharField(label=_("Name of the organisation"), max_length=200)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zones)
    name = forms.CharField(
        label=_("Your name"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    password = forms.CharField(
        label=_("Password"),
        required=False,
        help_text=_("At least 12 characters. Leave it empty to use a passkey only."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password(self) -> str:
        password = cast("str", self.cleaned_data["password"])
        if password:
            validate_password(password)
        return password


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Nobody signs up by themselves; an owner invites."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, request: HttpRequest, level: int, *args: Any, **values: Any) -> None:
        """Signing in and out says so by the page itself; the rest is shown."""
        template = str(values.get("message_template") or next(iter(args), ""))
        if "logged_" not in template:
            super().add_message(request, level, *args, **values)


class SealedFactors(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Keeps TOTP secrets and recovery seeds under the master key."""

    def encrypt(self, text: str) -> str:
        return secrets.seal({"text": text}, "mfa").hex()

    def decrypt(self, encrypted_text: str) -> str:
        return str(secrets.unseal(bytes.fromhex(encrypted_text), "mfa")["text"])
