"""Hearing a site: its newest comments each time, older ones in turn."""

from typing import Any

import msgspec

from rejoinder.channels.contract import Heard, Kind, Post, TroubleError
from rejoinder.channels.wordpress import noticing, reading, shapes
from rejoinder.channels.wordpress.noticing import Cursor, Noticed
from rejoinder.channels.wordpress.site import Query, Site, trouble, understood

COMMENTS = "/wp/v2/comments"
# Neither e-mail addresses nor where people wrote from; what is not asked for is never here.
FIELDS = "id,post,parent,author,author_name,author_avatar_urls,date_gmt,content,status"
FIRST = 20  # the newest comments, in each poll
PAGE = 100
SMALL = 10  # of the longest comments, so many stay below what the desk takes of one answer
TURN = 6  # polls between two looks at older ones: one request a minute


class Listening:
    """One listening of a site."""

    def __init__(self, site: Site, cursor: Cursor) -> None:
        self._site = site
        self._cursor = cursor

    def run(self) -> Heard:
        """What is new. Raises TroubleError, and nothing is moved on."""
        if not self._cursor.begun:
            return self._begin()
        noticed = [self._newest()]
        if self._cursor.turn % TURN == 0 and (older := self._older(noticed[0])):
            noticed.append(older)
        heard = [comment for each in noticed for comment in (*each.new, *each.edited)]
        roots = self._roots(heard)
        posts = [post for each in noticed for post in self._posts(each, roots)]
        after = noticing.remember(self._cursor, noticed, roots)
        return Heard(posts, _kept(after))

    def _begin(self) -> Heard:
        """What stands there now is the past."""
        newest, _ = self._page(0, 1)
        floor = newest[0].id if newest else 0
        return Heard([], _kept(Cursor(floor=floor, begun=True)))

    def _newest(self) -> Noticed:
        """From the newest back to what was heard before."""
        ground = noticing.ground(self._cursor)
        found, ended = self._page(0, FIRST)
        while not ended and found[-1].id > ground:
            # One is asked for again: if it is not there, others have moved up past our sight.
            page, ended = self._page(len(found) - 1, PAGE)
            if not page or page[0].id < found[-1].id:
                raise TroubleError("Comments were removed while they were read.", after=1)
            last = found[-1].id
            found += [comment for comment in page if comment.id < last]
        bottom = 0 if ended else found[-1].id
        looked_at = [known.id for known in self._cursor.known if known.id >= bottom]
        return noticing.notice(self._cursor, found, looked_at)

    def _older(self, newest: Noticed) -> Noticed | None:
        """A page of the older ones, whose turn it is."""
        known = [each.id for each in self._cursor.known if each.mark != noticing.GONE]
        older = known[:-FIRST]
        if not older:
            return None
        start = self._cursor.turn // TURN * PAGE % len(older)
        asked = (older[start:] + older[:start])[:PAGE]
        found = self._these(asked)
        noticed = noticing.notice(self._cursor, found, asked)
        seen = {comment.id for comment in newest.edited} | set(newest.gone)
        noticed.new = []
        noticed.edited = [each for each in noticed.edited if each.id not in seen]
        noticed.gone = [number for number in noticed.gone if number not in seen]
        return noticed

    def _roots(self, heard: list[shapes.Comment]) -> dict[int, int]:
        """The first comment above each; those in between that nobody heard are asked for."""
        parents = {comment.id: comment.parent for comment in heard}
        known = {each.id: each.root for each in self._cursor.known}
        found, missing = reading.roots(list(parents), parents, known)
        asked = set(parents)
        while missing - asked:
            wanted = sorted(missing - asked)[:PAGE]
            asked |= set(wanted)
            parents |= {comment.id: comment.parent for comment in self._these(wanted)}
            found, missing = reading.roots([c.id for c in heard], parents, known)
        return found

    def _posts(self, noticed: Noticed, roots: dict[int, int]) -> list[Post]:
        return [
            *(self._post(comment, roots, "post") for comment in noticed.new),
            *(self._post(comment, roots, "edit") for comment in noticed.edited),
            *(
                Post(external_id=reading.name(self._site.place.name, number), kind="delete")
                for number in noticed.gone
            ),
        ]

    def _post(self, comment: shapes.Comment, roots: dict[int, int], kind: Kind) -> Post:
        root = roots.get(comment.id, comment.id)
        return reading.post(comment, self._site.place, root, kind)

    def _these(self, numbers: list[int]) -> list[shapes.Comment]:
        """Those of the numbers that are there, in as many answers as they need."""
        found = self._listed({"include": ",".join(map(str, numbers)), "per_page": PAGE})
        if found is not None:
            return found
        if len(numbers) == 1:
            raise TroubleError("A comment is longer than the desk takes.", after=300)
        half = len(numbers) // 2
        return self._these(numbers[:half]) + self._these(numbers[half:])

    def _page(self, offset: int, size: int) -> tuple[list[shapes.Comment], bool]:
        """Newest first, and whether the list ends there; fewer when they are very long."""
        found = self._listed({"offset": offset, "per_page": size})
        if found is None:
            size = min(size, SMALL)
            found = self._listed({"offset": offset, "per_page": size})
        if found is None:
            raise TroubleError("A comment is longer than the desk takes.", after=300)
        return found, len(found) < size

    def _listed(self, query: Query) -> list[shapes.Comment] | None:
        """Approved and held ones; None when the answer is more than the desk takes at once."""
        asked: Query = {"context": "edit", "status": "all", "order": "desc", "orderby": "id"}
        answer = self._site.look(COMMENTS, asked | {"_fields": FIELDS} | query)
        if answer.status != 200:
            raise trouble(answer)
        return None if answer.cut else understood(answer, list[shapes.Comment])


def _kept(cursor: Cursor) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.to_builtins(cursor)
    return found
