"""Watches: the list of them, and one to write, tried on what was heard while it is written."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rejoinder.channels.models import Account
from rejoinder.listening import watches as kept
from rejoinder.listening.models import Watch
from rejoinder.listening.watch.parse import LONGEST, ParseError, parse
from rejoinder.listening.watch.query import Query
from rejoinder.team import access
from rejoinder.web.frame.acting import actor, needs
from rejoinder.web.hearing.watch_words import sentence
from rejoinder.web.templatetags.desk import channel_label


@require_GET
@needs(access.READ)
def watches(request: HttpRequest) -> HttpResponse:
    """Every watch and what it caught in 24 hours."""
    reader = actor(request)
    values = {"watches": kept.listed(reader), "may_write": kept.may_write(reader)}
    return render(request, "watches.html", values)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(access.STEER)
def write(request: HttpRequest) -> HttpResponse:
    """A new watch."""
    return _write(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(access.STEER)
def change(request: HttpRequest, number: int) -> HttpResponse:
    """A watch that is there."""
    return _write(request, get_object_or_404(Watch, pk=number))


@require_POST
@needs(access.STEER)
def switch(request: HttpRequest, number: int) -> HttpResponse:
    """On or off."""
    watch = get_object_or_404(Watch, pk=number)
    on = request.POST.get("on") == "yes"
    kept.switch(actor(request), watch, on=on)
    words = _("“%(name)s” is on.") if on else _("“%(name)s” is off. What it caught stays.")
    messages.success(request, words % {"name": watch.name})
    return redirect("watches")


class _Accounts(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic only in its stubs
    def label_from_instance(self, account: Account) -> str:
        return f"{account.handle} · {channel_label(account.channel)}"


class Writing(forms.Form):
    """The fields of a watch. A mistake in its words stands beside them, with its column."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=kept.NAME_CAP,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    words = forms.CharField(
        label=gettext_lazy("Words to look for"),
        max_length=LONGEST,
        widget=forms.Textarea(
            attrs={"rows": 3, "spellcheck": "false", "autocapitalize": "off", "data-watch": ""}
        ),
    )
    account = _Accounts(
        label=gettext_lazy("Account"),
        queryset=Account.objects.filter(disconnected_at=None).order_by("channel", "handle"),
        required=False,
        empty_label=gettext_lazy("everything heard"),
    )
    query: Query | None = None
    mistake: ParseError | None = None

    def clean_words(self) -> str:
        words = str(self.cleaned_data["words"])
        try:
            self.query = parse(words)
        except ParseError as mistake:
            self.mistake = mistake
            raise forms.ValidationError(sentence(mistake)) from None
        return words


def _write(request: HttpRequest, watch: Watch | None) -> HttpResponse:
    form = _form(request, watch)
    saves = request.method == "POST" and "preview" not in request.POST
    if form.is_valid() and saves:
        return _kept(request, form, watch)
    shown = _shown(request, form, watch)
    return render(request, "watch.html", shown, status=422 if saves else 200)


def _form(request: HttpRequest, watch: Watch | None) -> Writing:
    if request.method == "POST":
        return Writing(request.POST)
    if watch is None:
        return Writing()
    return Writing({"name": watch.name, "words": watch.words, "account": watch.account_id})


def _kept(request: HttpRequest, form: Writing, watch: Watch | None) -> HttpResponse:
    given = form.cleaned_data
    row = kept.write(actor(request), watch, given["name"], given["words"], given["account"])
    words = _("“%(name)s” watches from now on.") if row.enabled else _("“%(name)s” is kept.")
    messages.success(request, words % {"name": row.name})
    return redirect("watches")


def _shown(request: HttpRequest, form: Writing, watch: Watch | None) -> dict[str, Any]:
    account = form.cleaned_data.get("account") if form.is_bound else None
    tried = kept.tried(actor(request), form.query, account) if form.query else None
    # While somebody tries words, a name that is missing is no mistake yet.
    if form.is_bound and "preview" in request.POST and not request.POST.get("name"):
        form.errors.pop("name", None)
    return {"form": form, "watch": watch, "tried": tried, "mistake": form.mistake}
