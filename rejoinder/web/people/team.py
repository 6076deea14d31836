"""Who is in the team: inviting, roles, removing."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from rejoinder.desk import leaving
from rejoinder.team import access
from rejoinder.team import actions as team_actions
from rejoinder.team.models import Advisor, Role
from rejoinder.web.frame.acting import actor, needs, say
from rejoinder.web.frame.words import role_labels


@require_GET
@needs(access.PEOPLE)
def team(request: HttpRequest) -> HttpResponse:
    """Everybody, those who left last, and the form to invite."""
    return _page(request, Invitation())


@require_POST
@never_cache
@needs(access.PEOPLE)
def invite(request: HttpRequest) -> HttpResponse:
    """Invite; the link is on the page that answers, once, and nowhere else."""
    form = Invitation(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        colleague, link = team_actions.invite(actor(request), **form.cleaned_data)
    except team_actions.CannotChangeTeamError as error:
        form.add_error("email", str(error))
        return _page(request, form, status=422)
    return _show_link(request, colleague, link)


@require_POST
@never_cache
@needs(access.PEOPLE)
def new_link(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Another link for a colleague who cannot get in."""
    colleague = get_object_or_404(Advisor, public_id=public_id)
    try:
        link = team_actions.new_link(actor(request), colleague)
    except team_actions.CannotChangeTeamError as error:
        say(request, error)
        return redirect("team")
    return _show_link(request, colleague, link)


@require_POST
@never_cache
@needs(access.PEOPLE)
def bring_back(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let a removed colleague in again."""
    colleague = get_object_or_404(Advisor, public_id=public_id)
    return _show_link(request, colleague, team_actions.bring_back(actor(request), colleague))


@require_POST
@needs(access.PEOPLE)
def change_role(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give a colleague another role."""
    colleague = get_object_or_404(Advisor, public_id=public_id)
    try:
        team_actions.change_role(actor(request), colleague, request.POST.get("role", ""))
    except team_actions.CannotChangeTeamError as error:
        say(request, error)
        return redirect("team")
    words = _("%(name)s is now: %(role)s.")
    role = role_labels()[colleague.role]
    messages.success(request, words % {"name": colleague.name, "role": role})
    return redirect("team")


@require_POST
@needs(access.PEOPLE)
def remove(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """End somebody's access at once; their work goes back to the queue."""
    colleague = get_object_or_404(Advisor, public_id=public_id)
    try:
        leaving.remove(actor(request), colleague)
    except team_actions.CannotChangeTeamError as error:
        say(request, error)
        return redirect("team")
    words = _("%(name)s is signed out everywhere. What they held is back in the queue.")
    messages.success(request, words % {"name": colleague.name})
    return redirect("team")


def _page(request: HttpRequest, form: "Invitation", status: int = 200) -> HttpResponse:
    people = Advisor.objects.order_by("-is_active", "name", "id")
    values = {"people": people, "form": form, "roles": role_labels().items()}
    return render(request, "team.html", values, status=status)


def _show_link(request: HttpRequest, colleague: Advisor, link: str) -> HttpResponse:
    return render(request, "team_link.html", {"colleague": colleague, "link": link})


class Invitation(forms.Form):
    """Whom to invite, as what."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=100)
    email = forms.EmailField(label=gettext_lazy("E-mail address"))
    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        choices=lambda: list(role_labels().items()),
        initial=Role.ADVISOR,
    )
