"""One's own settings: name, time zone, language, theme, keys, and the devices one is called on."""

from pathlib import Path
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rejoinder.channels.phone.numbers import EXTENSION
from rejoinder.desk.calling import actions as calling
from rejoinder.plumbing.push import Browser
from rejoinder.team import access, cosigns
from rejoinder.team.models import Advisor, Device
from rejoinder.team.notify import push
from rejoinder.web.frame.acting import actor, needs, posted, say, typed
from rejoinder.web.people.sign_in import time_zones

_WORKER = Path(__file__).parents[1] / "static" / "web" / "worker.js"
THEMES = [
    ("", gettext_lazy("As the device")),
    ("light", gettext_lazy("Light")),
    ("dark", gettext_lazy("Dark")),
]
LANGUAGES = [("en-gb", "English"), ("de", "Deutsch")]


@require_http_methods(["GET", "HEAD", "POST"])
def me(request: HttpRequest) -> HttpResponse:
    """Show and change what concerns oneself alone."""
    form = Self(posted(request), instance=actor(request))
    if form.is_valid():
        saved = form.save()
        if {"name", "initials", "alias"} & set(form.changed_data):
            cosigns.told(saved)
        translation.activate(saved.language)
        messages.success(request, _("Your settings are saved."))
        return redirect("me")
    values = {
        "form": form,
        "push_key": push.public_key() if access.may(actor(request), access.ANSWER) else "",
        "devices": push.devices([actor(request).pk]),
    }
    return render(request, "me.html", values)


@require_POST
@needs(access.ANSWER)
def join_device(request: HttpRequest) -> HttpResponse:
    """Call this browser when its owner is called."""
    given = request.POST
    browser = Browser(*(typed(given, name) for name in ("endpoint", "key", "secret")))
    try:
        push.join(actor(request), browser, typed(given, "name"))
    except push.CannotPushError as error:
        say(request, error)
    else:
        messages.success(request, _("You are called on this device from now on."))
    return redirect("me")


@require_POST
@needs(access.ANSWER)
def leave_device(request: HttpRequest, number: int) -> HttpResponse:
    """Call it no more."""
    mine = Device.objects.filter(advisor=actor(request), ended_at=None)
    push.leave(actor(request), get_object_or_404(mine, pk=number))
    messages.success(request, _("It is called no more."))
    return redirect("me")


@login_not_required
@cache_control(no_cache=True)
@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The script that shows calls while no page is open; at the root, so that it may open any."""
    return HttpResponse(_WORKER.read_bytes(), content_type="text/javascript")


class Self(forms.ModelForm):  # type: ignore[type-arg]  # not generic when it runs
    """What an advisor may change about themselves."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    initials = forms.CharField(
        label=gettext_lazy("Initials"),
        max_length=4,
        required=False,
        help_text=gettext_lazy("Shown beside what you took. Empty: from your name."),
    )
    alias = forms.CharField(
        label=gettext_lazy("Name behind your sign"),
        max_length=cosigns.LONGEST,
        required=False,
        help_text=gettext_lazy(
            "What everybody may read behind ^ and your initials: one word, an alias if you like. "
            "Empty: your first name."
        ),
    )
    extension = forms.CharField(
        label=gettext_lazy("Your telephone at the exchange"),
        max_length=50,
        required=False,
        help_text=gettext_lazy(
            "It rings when you call somebody from their conversation, such as PJSIP/101."
        ),
    )
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"), choices=time_zones)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=LANGUAGES)
    theme = forms.ChoiceField(
        label=gettext_lazy("Theme"), choices=THEMES, required=False, widget=forms.RadioSelect
    )
    keys_on = forms.BooleanField(label=gettext_lazy("Single letters act as keys"), required=False)

    class Meta:
        model = Advisor
        fields = (
            "name",
            "initials",
            "alias",
            "extension",
            "time_zone",
            "language",
            "theme",
            "keys_on",
        )

    def __init__(self, *given: Any, **named: Any) -> None:
        """Nobody is asked for a telephone that no exchange would ring."""
        super().__init__(*given, **named)
        if calling.exchange() is None:
            del self.fields["extension"]

    def clean_extension(self) -> str:
        """One telephone, and nothing that leads further."""
        typed_in = str(self.cleaned_data["extension"]).strip()
        if typed_in and not EXTENSION.fullmatch(typed_in):
            raise forms.ValidationError(
                _("Write it as the exchange names it: PJSIP/ and the name of your telephone.")
            )
        return typed_in

    def clean_alias(self) -> str:
        """No surname stands in public."""
        try:
            return cosigns.alias(self.cleaned_data["alias"])
        except cosigns.NoAliasError as error:
            raise forms.ValidationError(str(error)) from error
