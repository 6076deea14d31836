"""One's own settings: name, time zone, language, theme, keys."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from rejoinder.team import cosigns
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
        if {"name", "initials", "alias"} & set(form.changed_data):
            cosigns.told(saved)
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
    alias = forms.CharField(
        label=gettext_lazy("Name behind your sign"),
        max_length=cosigns.LONGEST,
        required=False,
        help_text=gettext_lazy(
            "What everybody may read behind ^ and your initials: one word, an alias if you like. "
            "Empty: your first name."
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
        fields = ("name", "initials", "alias", "time_zone", "language", "theme", "keys_on")

    def clean_alias(self) -> str:
        """No surname stands in public."""
        try:
            return cosigns.alias(self.cleaned_data["alias"])
        except cosigns.NoAliasError as error:
            raise forms.ValidationError(str(error)) from error
