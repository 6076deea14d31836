"""A program of a colleague: calls the API, and has openapi-core judge what comes back."""

import json
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client
from openapi_core import Config, OpenAPI
from openapi_core.datatypes import RequestParameters
from werkzeug.datastructures import Headers, ImmutableMultiDict

from rejoinder.api.v1 import api
from rejoinder.team import access, tokens
from rejoinder.team.models import Advisor

HOST = "http://localhost:8000"


@cache
def document() -> OpenAPI:
    """The document as it is served."""
    schema = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/")))
    config = Config(extra_media_type_deserializers={"application/problem+json": json.loads})
    return OpenAPI.from_dict(schema | {"servers": [{"url": HOST}]}, config=config)


class _Asked:
    """A request as openapi-core reads one."""

    def __init__(self, method: str, path: str, header: dict[str, str], body: bytes) -> None:
        parts = urlsplit(path)
        self.host_url, self.path, self.method = HOST, parts.path, method.lower()
        self.body = body or None
        self.content_type = "application/json"
        self.parameters = RequestParameters(
            query=ImmutableMultiDict(parse_qsl(parts.query)), header=Headers(list(header.items()))
        )


class _Answered:
    def __init__(self, answer: HttpResponse) -> None:
        self.data = answer.content
        self.status_code = answer.status_code
        self.content_type = answer.headers["Content-Type"].partition(";")[0]
        self.headers = Headers(list(answer.headers.items()))


class Program:
    """What a program of one colleague may do with its token."""

    def __init__(self, advisor: Advisor, *scopes: str) -> None:
        self.advisor = advisor
        chosen = scopes or tuple(access.RIGHTS[advisor.role])
        self.token, self.secret = tokens.make(advisor, "a test", chosen, 30)
        self._client = Client()

    def get(self, path: str, **header: str) -> Any:
        return self._ask("GET", path, None, header)

    def post(self, path: str, body: Any = None, *, key: str = "", **header: str) -> Any:
        """A change under a key of its own, unless one is given."""
        header = {"Idempotency-Key": key or str(uuid4())} | header
        return self._ask("POST", path, body, header)

    def put(self, path: str, body: Any) -> Any:
        return self._ask("PUT", path, body, {})

    def send(self, path: str, files: dict[str, Any], *, key: str = "") -> Any:
        """A file and the words beside it, as a form sends them."""
        header = {"Idempotency-Key": key or str(uuid4())}
        header |= {"Authorization": f"Bearer {self.secret}"}
        answer = self._client.post(f"/api/v1{path}", files, headers=header)
        asked = _Asked("POST", f"/api/v1{path}", header, b"")
        document().validate_response(asked, _Answered(answer))  # type: ignore[arg-type]  # by shape
        return answer

    def _ask(self, method: str, path: str, body: Any, header: dict[str, str]) -> Any:
        header = {name.replace("_", "-"): value for name, value in header.items()}
        header |= {"Authorization": f"Bearer {self.secret}"}
        sent = b"" if body is None else json.dumps(body).encode()
        answer = self._client.generic(
            method, f"/api/v1{path}", sent, content_type="application/json", headers=header
        )
        asked = _Asked(method, f"/api/v1{path}", header, sent)
        document().validate_response(asked, _Answered(answer))  # type: ignore[arg-type]  # by shape
        return answer
