"""A revision that was just published, on its way to the accounts that were ticked."""

from django.contrib import messages
from django.http import HttpRequest

from rejoinder.answers import spread
from rejoinder.answers.models import Revision
from rejoinder.channels.models import Account
from rejoinder.plumbing.config import config
from rejoinder.web.frame.acting import actor
from rejoinder.web.public import addresses
from rejoinder.web.public import render as public


def spread_out(request: HttpRequest, revision: Revision) -> None:
    """Queue it for each; who could not take it is said on the page that comes next."""
    chosen = Account.objects.filter(public_id__in=request.POST.getlist("account"))
    refused = spread.spread(
        revision,
        list(chosen),
        actor(request),
        html=public.post(revision),
        url=config().base_url + addresses.short(revision.answer.code),
    )
    for words in refused:
        messages.error(request, words)
