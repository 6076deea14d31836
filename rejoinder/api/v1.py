"""The API: its routers, its errors, its document."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from rejoinder.api import (
    answers,
    beside,
    conversations,
    crises,
    hearing,
    hiding,
    house,
    incidents,
    links,
    lists,
    opened,
    people,
    pictures,
    problems,
    replies,
    reports,
    rights,
    spending,
    systems,
    tickets,
    turns,
)
from rejoinder.api.entrance import Entrance
from rejoinder.api.parsing import Typed

_PROBLEM = {
    "type": "object",
    "title": "Problem",
    "description": "RFC 9457; `detail` is a sentence for people, `type` stays the same.",
    "required": ["type", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    },
}
_TOLD = {
    "description": "It did not happen, and why",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}
DESCRIPTION = """The desk for programs. A token (Me, Tokens) lets a program work for one colleague
with some of their rights; each change carries an Idempotency-Key and leaves the same audit line as
the page. What went wrong is application/problem+json."""


class Api(NinjaAPI):
    """Says in its document what any call may answer besides."""

    def get_openapi_schema(self, **given: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**given)
        schema["components"].setdefault("schemas", {})["Problem"] = _PROBLEM
        for each in schema["paths"].values():
            for operation in each.values():
                operation["responses"]["default"] = _TOLD
        return schema


api = Api(
    title="Rejoinder",
    version="1",
    description=DESCRIPTION,
    auth=Entrance(),
    parser=Typed(),
    docs_url=None,  # its page would need code from elsewhere
    openapi_url="/openapi.json",
    urls_namespace="api-v1",
)
for each in (
    *(conversations, turns, replies, pictures, beside, tickets, house, hearing, hiding),
    *(answers, crises, incidents, rights, opened),
    *(lists, links, people, systems, spending, reports),
):
    api.add_router("", each.router)
problems.handle(api)


def urls() -> tuple[list[URLPattern | URLResolver], str, str]:
    """Its addresses; a token is asked for instead of a session."""
    patterns, app, namespace = api.urls
    for one in patterns:
        if isinstance(one, URLPattern):
            one.callback = login_not_required(one.callback)
    return [*patterns, path("<path:rest>", _nothing)], app, namespace


@login_not_required
@csrf_exempt
def _nothing(request: HttpRequest, rest: str) -> HttpResponse:
    """Any other address: told as everything else is."""
    return problems.answer(problems.body(404, "not-found", _("There is nothing here.")))
