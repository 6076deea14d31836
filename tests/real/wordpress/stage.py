"""A real WordPress as a stage: the cases of the contract with nothing in memory."""

from itertools import count
from typing import Any

from rejoinder.channels import hypertext
from rejoinder.channels.contract import Http
from rejoinder.channels.wordpress import reading
from tests.channels.wordpress.fake import typed
from tests.channels.wordpress.stage import WordPressStage, said
from tests.contract.stage import Kept, Stands
from tests.real.wordpress.server import WordPress

_number = count(1)


class RealStage(WordPressStage):
    """The desk's user on a real site; each stage has a post of its own to comment on."""

    def __init__(self, site: WordPress, http: Http) -> None:
        self.site = site
        title = f"Network status {next(_number)}"
        post = {"title": title, "content": "Ask below.", "status": "publish"}
        self.post = int(site.admin("POST", "/posts", json=post).json()["id"])
        super().__init__(http, site.url, "desk", site.desk)

    def says(self, who: str, text: str, *, reply_to: str | None = None, tag: bool = True) -> str:
        parent = reading.number(reply_to) if reply_to else 0
        number = self.site.says(who, typed(text), parent=parent, post=self.post)
        return self.named(number)

    def edits(self, post: str, text: str) -> None:
        self._moderates(post, content=typed(text))

    def deletes(self, post: str) -> None:
        self._moderates(post, status="trash")

    def hidden(self, post: str) -> bool:
        found = self.site.admin("GET", f"/comments/{reading.number(post)}?context=edit").json()
        return bool(found["status"] == "hold")

    def holds_back(self, post: str, *, hidden: bool) -> None:
        self._moderates(post, status="hold" if hidden else "approved")

    def ours(self, to: str) -> list[Kept]:
        rows = self._rows(f"/comments?context=edit&per_page=100&post={self.post}")
        parents = {row["id"]: row["parent"] for row in rows}
        return [
            Kept(
                self.named(row["id"]),
                hypertext.words(row["content"]["raw"]),
                to,
                self.named(_root(row["id"], parents)),
            )
            for row in rows
            if row["author_name"] == "Desk" and self.named(row["parent"]) == to
        ]

    def stands(self) -> list[Stands]:
        rows = self._rows("/posts?context=edit&per_page=100&orderby=id&order=desc")
        return [
            Stands(said(row["content"]["raw"]), row["sticky"])
            for row in reversed(rows)
            if row["id"] > self.post
        ]

    def _rows(self, route: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.site.admin("GET", route).json()
        return found

    def _moderates(self, post: str, **change: str) -> None:
        self.site.admin("POST", f"/comments/{reading.number(post)}", json=change)


def _root(number: int, parents: dict[int, int]) -> int:
    while parents[number]:
        number = parents[number]
    return number
