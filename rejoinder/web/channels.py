"""The channels: what is heard, what is in trouble, connecting and disconnecting."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rejoinder.channels import actions, registry
from rejoinder.channels.contract import Channel, Field, TroubleError
from rejoinder.channels.models import Account
from rejoinder.plumbing.config import config
from rejoinder.team import access, audit
from rejoinder.web import words
from rejoinder.web.acting import actor, needs, posted


@require_GET
@needs(access.READ)
def channels(request: HttpRequest) -> HttpResponse:
    """Every connected account and how it is heard."""
    accounts = list(Account.objects.filter(disconnected_at=None).order_by("channel", "handle"))
    values = {
        "sentence": _sentence(accounts),
        "accounts": [
            (each, words.ago(each.heard_at) if each.heard_at else "") for each in accounts
        ],
        "kinds": [(each.name, each.label) for each in _offered()],
        "may_connect": access.may(actor(request), access.CONNECT),
    }
    return render(request, "channels.html", values)


def _offered() -> list[type[Channel]]:
    """What can be connected; a pretence only where people practise."""
    found = registry.channels().values()
    return [each for each in found if config().demo or not each.practice]


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@needs(access.CONNECT)
def connect(request: HttpRequest, name: str) -> HttpResponse:
    """The channel's own form; what the platform answers stands beside it."""
    channel = registry.channels().get(name)
    if channel is None:
        raise Http404
    form = Connecting(channel, posted(request))
    if form.is_valid() and (account := _connected(request, form, name)):
        messages.success(request, _("%(handle)s is connected.") % {"handle": account.handle})
        return redirect("channels")
    status = 422 if form.errors else 200
    return render(request, "connect.html", {"label": channel.label, "form": form}, status=status)


@require_POST
@needs(access.CONNECT)
def disconnect(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Stop hearing an account and forget its credentials."""
    account = get_object_or_404(Account, public_id=public_id)
    me = actor(request)
    actions.disconnect(account, witness=lambda row: audit.line(me, "disconnected", row.handle))
    messages.success(request, _("%(handle)s is disconnected.") % {"handle": account.handle})
    return redirect("channels")


def _connected(request: HttpRequest, form: "Connecting", name: str) -> Account | None:
    me = actor(request)
    try:
        return actions.connect(
            name,
            form.cleaned_data,
            witness=lambda row: audit.line(me, "connected", row.handle, channel=name),
        )
    except TroubleError as trouble:
        form.add_error(None, trouble.words)
        return None


def _sentence(accounts: list[Account]) -> str:
    if not accounts:
        return _("No account is connected yet. Connect one, and the desk begins to hear.")
    troubled = sum(1 for account in accounts if account.trouble)
    if not troubled:
        return _("Everything connected is heard.")
    sentence = ngettext("%(n)d account is in trouble.", "%(n)d accounts are in trouble.", troubled)
    return sentence % {"n": troubled}


class Connecting(forms.Form):
    """The fields a channel asks for."""

    def __init__(self, channel: type[Channel], data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # the query dict of a request, or None
        for field in channel.form:
            self.fields[field.name] = _field(field)


def _field(field: Field) -> forms.CharField:
    # A browser must not offer somebody's own password for the organisation's account.
    secret = forms.PasswordInput(attrs={"autocomplete": "new-password"})
    return forms.CharField(
        label=_(field.label),
        help_text=_(field.help) if field.help else "",
        required=field.required,
        initial=field.default,
        max_length=2000,
        widget=secret if field.secret else forms.TextInput(attrs={"autocomplete": "off"}),
    )
