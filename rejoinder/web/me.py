"""One's own settings: name, time zone, language, theme, keys."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from rejoinder.team.models import Advisor
from rejoinder.web.acting import actor, posted
from rejoinder.web.sign_in import time_zones

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
        translation.activate(saved.language)
        messages.success(request, _("Your settings are saved."))
        return redirect("me")
    return render(request, "me.html", {"form": form})


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
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"), choices=time_zones)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=LANGUAGES)
    theme = forms.ChoiceField(
        label=gettext_lazy("Theme"), choices=THEMES, required=False, widget=forms.RadioSelect
    )
    keys_on = forms.BooleanField(label=gettext_lazy("Single letters act as keys"), required=False)

    class Meta:
        model = Advisor
        fields = ("name", "initials", "time_zone", "language", "theme", "keys_on")
