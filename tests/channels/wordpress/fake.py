"""A WordPress in memory, as far as the desk uses one: its routes, rules and refusals (6.1)."""

import base64
import html
import json
from datetime import UTC, datetime
from itertools import count
from typing import Any

from rejoinder.plumbing.answer import Answer

US = 2
PASSWORD = "made-up-password"
_number = count(1)


class RefusedError(Exception):
    """What the site refuses, as it says so."""

    def __init__(self, status: int, code: str, message: str = "No.") -> None:
        super().__init__(message)
        self.answer = _answer(
            {"code": code, "message": message, "data": {"status": status}}, status
        )


class FakeSite:
    """One site with the desk as its Editor."""

    def __init__(self) -> None:
        self.url = f"https://blog{next(_number)}.example.com"
        self.comments: dict[int, dict[str, Any]] = {}
        self.posts: dict[int, dict[str, Any]] = {}
        self.revisions = 0
        self.capabilities = {
            "moderate_comments": True,
            "publish_posts": True,
            "edit_published_posts": True,
            "edit_others_posts": True,
        }
        self.asked: list[tuple[str, str]] = []
        self.largest = 10_000_000
        self._ids = count(1)

    def call(
        self,
        method: str,
        url: str,
        *,
        header: dict[str, str] | None = None,
        query: dict[str, Any] | None = None,
        json: Any = None,
        content: bytes | None = None,
        timeout: float = 30.0,
    ) -> Answer:
        """One call of its REST API."""
        assert url == f"{self.url}/"
        query = query or {}
        route = query["rest_route"]
        self.asked.append((method, route))
        try:
            answer = self._answered(method, route, header or {}, query, json)
        except RefusedError as refused:
            answer = refused.answer
        cut = len(answer.body) > self.largest
        return Answer(answer.status, answer.header, answer.body[: self.largest], cut)

    def comment(
        self, who: str, markup: str, *, parent: int = 0, author: int = 0, status: str = "approved"
    ) -> int:
        """Somebody comments; the number."""
        number = next(self._ids)
        picture = f"https://pictures.example.com/avatar/{hash(who) & 0xFFFF:032x}?s=24"
        self.comments[number] = {
            "id": number,
            "post": 1,
            "parent": parent,
            "author": author,
            "author_name": who,
            "author_avatar_urls": {"24": picture},
            "date_gmt": datetime.now(UTC).replace(tzinfo=None).isoformat(timespec="seconds"),
            "content": {"raw": markup, "rendered": f"<p>{markup}</p>"},
            "status": status,
        }
        return number

    def _answered(
        self, method: str, route: str, header: dict[str, str], query: dict[str, Any], given: Any
    ) -> Answer:
        if route == "/":
            return _answer({"name": "Northwind help", "authentication": []})
        key = base64.b64encode(f"desk:{PASSWORD}".encode()).decode()
        if header.get("Authorization") != f"Basic {key}":
            raise RefusedError(401, "rest_not_logged_in", "You are not currently logged in.")
        if route == "/wp/v2/users/me":
            me = {"id": US, "name": "Desk", "slug": "desk", "capabilities": self.capabilities}
            return _answer(me)
        kind, _, number = route.removeprefix("/wp/v2/").partition("/")
        if method == "GET":
            found = getattr(self, f"_{kind}")(query) if not number else self._one(kind, int(number))
            return _answer(found)
        if kind == "comments":
            return self._to_comment(method, int(number or 0), given)
        if number:
            return _answer(self._written(int(number), given))
        return _answer(self._published(given), 201)

    def _to_comment(self, method: str, number: int, given: Any) -> Answer:
        if method == "DELETE":
            return _answer(self._binned(number))
        if number:
            return _answer(self._changed(number, given))
        return _answer(self._commented(given), 201)

    def _one(self, kind: str, number: int) -> dict[str, Any]:
        found: dict[int, dict[str, Any]] = getattr(self, kind)
        if number not in found:
            raise RefusedError(404, "rest_comment_invalid_id", "Invalid comment ID.")
        return found[number]

    def _comments(self, query: dict[str, Any]) -> list[dict[str, Any]]:
        if not self.capabilities["moderate_comments"]:
            raise RefusedError(403, "rest_forbidden_context", "You may not edit comments.")
        assert (query["context"], query["status"]) == ("edit", "all")
        rows = sorted(self.comments.values(), key=lambda row: -row["id"])
        rows = [row for row in rows if row["status"] in {"approved", "hold"}]
        if "include" in query:
            wanted = {int(number) for number in query["include"].split(",")}
            rows = [row for row in rows if row["id"] in wanted]
        for field in ("parent", "author"):
            if field in query:
                rows = [row for row in rows if row[field] == query[field]]
        start = int(query.get("offset", 0))
        assert 1 <= query["per_page"] <= 100
        fields = query["_fields"].split(",")
        page = rows[start : start + query["per_page"]]
        return [{field: row[field] for field in fields} for row in page]

    def _posts(self, query: dict[str, Any]) -> list[dict[str, Any]]:
        rows = [row for row in self.posts.values() if row["slug"] == query["slug"]]
        fields = query["_fields"].split(",")
        return [
            {field: row[field] for field in fields} for row in rows if row["status"] == "publish"
        ]

    def _commented(self, given: dict[str, Any]) -> dict[str, Any]:
        text = given["content"]
        if len(text.encode()) > 65_525:
            raise RefusedError(400, "comment_content_column_length", "Your comment is too long.")
        if given["parent"] not in self.comments:
            raise RefusedError(403, "rest_comment_invalid_parent", "Invalid parent.")
        for row in self.comments.values():
            same = (row["author"], row["parent"], row["content"]["raw"])
            if same == (US, given["parent"], text) and row["status"] != "trash":
                words = "Duplicate comment detected; it looks as though you&#8217;ve said that!"
                raise RefusedError(409, "comment_duplicate", words)
        return self.comments[self.comment("Desk", text, parent=given["parent"], author=US)]

    def _changed(self, number: int, given: dict[str, Any]) -> dict[str, Any]:
        row = self._one("comments", number)
        if "status" in given:  # a site fetches it back out of the bin
            if row["status"] == given["status"]:  # as a site answers where nothing would change
                raise RefusedError(500, "rest_comment_failed_edit", "Updating status failed.")
            row["status"] = given["status"]
        else:
            row["content"] = _text(given["content"])
        return row

    def _binned(self, number: int) -> dict[str, Any]:
        row = self._one("comments", number)
        if row["status"] == "trash":
            raise RefusedError(410, "rest_already_trashed", "It has already been trashed.")
        row["status"] = "trash"
        return row

    def _published(self, given: dict[str, Any]) -> dict[str, Any]:
        if not self.capabilities["publish_posts"]:
            raise RefusedError(403, "rest_cannot_create", "You may not create posts.")
        self._sticky(given)
        number = next(self._ids)
        slug = given["slug"]
        self.posts[number] = {
            "id": number,
            "slug": slug,
            "link": f"{self.url}/{slug}/",
            "status": given["status"],
            "sticky": given.get("sticky", False),
            "title": _text(given["title"]),
            "content": _text(given["content"]),
        }
        return self.posts[number]

    def _written(self, number: int, given: dict[str, Any]) -> dict[str, Any]:
        if number not in self.posts:
            raise RefusedError(404, "rest_post_invalid_id", "Invalid post ID.")
        self._sticky(given)
        row = self.posts[number]
        row |= {"title": _text(given["title"]), "content": _text(given["content"])}
        row["sticky"] = given.get("sticky", row["sticky"])
        self.revisions += 1
        return row

    def _sticky(self, given: dict[str, Any]) -> None:
        if given.get("sticky") and not self.capabilities["edit_others_posts"]:
            raise RefusedError(403, "rest_cannot_assign_sticky", "You may not make it sticky.")


def typed(text: str) -> str:
    """What a reader types, so that others read this text."""
    return html.escape(text, quote=False)


def _text(raw: str) -> dict[str, str]:
    return {"raw": raw, "rendered": raw}


def _answer(body: Any, status: int = 200) -> Answer:
    return Answer(status, {"content-type": "application/json"}, json.dumps(body).encode())
