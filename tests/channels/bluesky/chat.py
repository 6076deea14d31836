"""Bluesky's private messages in memory, after the lexicons chat.bsky.convo.

`tests/real/bluesky` has somebody else's client read what this answers, and a real server hand its
calls on to it.
"""

from typing import Any

import regex

from rejoinder.plumbing import clock

CHAT = "did:web:api.bsky.chat#bsky_chat"
DEFS = "chat.bsky.convo.defs"
PAGE = 50  # entries of the log in one answer


class RefusedError(Exception):
    """The server answers with an error: its status, its name, its words."""

    def __init__(self, status: int, error: str, message: str) -> None:
        super().__init__(message)
        self.status, self.error, self.message = status, error, message


class FakeChat:
    """Conversations of two, and what each of them is told in their log."""

    def __init__(self, people: dict[str, str]) -> None:
        self.people = people  # handle by DID
        self.convos: dict[str, dict[str, Any]] = {}
        self.messages: dict[str, list[dict[str, Any]]] = {}  # by conversation, oldest first
        self.log: list[tuple[set[str], dict[str, Any]]] = []
        self.closed: set[str] = set()  # who takes no messages
        self.accepted: set[tuple[str, str]] = set()
        self.answered: list[tuple[str, Any]] = []  # what was asked for and answered
        self._clock = 0

    def answer(self, did: str, name: str, given: dict[str, Any]) -> Any:
        """One call of somebody, as the lexicon has it."""
        found = getattr(self, f"_{snake(name)}")(did, given)
        self.answered.append((name, found))
        return found

    def writes(self, did: str, to: str, text: str, *, below: str = "") -> str:
        """Somebody writes to somebody; the desk's name of the message."""
        convo = self._get_convo_for_members(did, {"members": [to]})["convo"]["id"]
        message: dict[str, Any] = {"text": text}
        if below:
            message["replyTo"] = {"messageId": below}
        sent = self._send_message(did, {"convoId": convo, "message": message})
        return f"chat:{convo}/{sent['id']}"

    def takes_back(self, name: str) -> None:
        """A message is deleted for whoever reads it, as it can be in their app."""
        convo, _, number = name.removeprefix("chat:").partition("/")
        [message] = [each for each in self.messages[convo] if each["id"] == number]
        gone = {k: message[k] for k in ("id", "rev", "sender", "sentAt")}
        gone["$type"] = f"{DEFS}#deletedMessageView"
        self.messages[convo].remove(message)
        self._note(convo, "logDeleteMessage", message=gone)

    def of(self, did: str, below: str) -> list[dict[str, Any]]:
        """What somebody wrote below a message, or with a post."""
        number = below.rpartition("/")[2]
        return [
            message | {"convo": convo}
            for convo, messages in self.messages.items()
            for message in messages
            if message["sender"]["did"] == did
            and (
                message.get("replyTo", {}).get("id") == number
                or message.get("_with", {}).get("uri") == below
            )
        ]

    def _get_log(self, did: str, given: dict[str, Any]) -> Any:
        told = [entry for members, entry in self.log if did in members]
        newest = told[-1]["rev"] if told else self._rev()
        if not given.get("cursor"):
            return {"logs": [], "cursor": newest}
        since = [entry for entry in told if entry["rev"] > given["cursor"]][:PAGE]
        return {"logs": since, "cursor": since[-1]["rev"] if since else given["cursor"]}

    def _list_convos(self, did: str, given: dict[str, Any]) -> Any:
        ours = [convo for convo in self.convos.values() if did in self._in(convo["id"])]
        newest = sorted(ours, key=lambda convo: str(convo["rev"]), reverse=True)
        return {"convos": newest[: given.get("limit", 50)]}

    def _get_convo(self, did: str, given: dict[str, Any]) -> Any:
        return {"convo": self.convos[self._open(did, given)]}

    def _get_convo_for_members(self, did: str, given: dict[str, Any]) -> Any:
        members = sorted({did, *given["members"]})
        for other in given["members"]:
            if other in self.closed:
                said = "recipient has disabled incoming messages"
                raise RefusedError(400, "MessagesDisabled", said)
        convo = "-".join(member.rpartition(":")[2][:12] for member in members)
        if convo not in self.convos:
            views = [{"did": each, "handle": self.people[each]} for each in members]
            self.convos[convo] = {
                "id": convo,
                "rev": self._rev(),
                "members": views,
                "muted": False,
                "status": "request",
                "unreadCount": 0,
            }
            self.messages[convo] = []
            self._note(convo, "logBeginConvo")
        return {"convo": self.convos[convo]}

    def _accept_convo(self, did: str, given: dict[str, Any]) -> Any:
        convo = self._open(did, given)
        if (did, convo) in self.accepted:
            return {}
        self.accepted.add((did, convo))
        self._note(convo, "logAcceptConvo")
        return {"rev": self.convos[convo]["rev"]}

    def _get_messages(self, did: str, given: dict[str, Any]) -> Any:
        found = list(reversed(self.messages[self._open(did, given)]))
        return {"messages": [_shown(each) for each in found[: given.get("limit", 50)]]}

    def _send_message(self, did: str, given: dict[str, Any]) -> Any:
        convo, said = self._open(did, given), given["message"]
        if len(regex.findall(r"\X", said["text"])) > 1000:
            raise RefusedError(400, "InvalidRequest", "grapheme too big (maximum 1000)")
        if len(said["text"].encode()) > 10_000:
            raise RefusedError(400, "InvalidRequest", "string too big (maximum 10000)")
        message = {
            "$type": f"{DEFS}#messageView",
            "id": self._rev(),
            "rev": self._rev(),
            "text": said["text"],
            "sender": {"did": did},
            "sentAt": clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        }
        if above := said.get("replyTo", {}).get("messageId"):
            there = [each for each in self.messages[convo] if each["id"] == above]
            if not there:
                raise RefusedError(400, "ReplyTargetNotFound", "The message is not there")
            message["replyTo"] = {k: v for k, v in there[0].items() if k != "replyTo"}
        if said.get("embed"):
            message["_with"] = said["embed"]["record"]
        self.messages[convo].append(message)
        views = self.convos[convo]["members"]
        self._note(convo, "logCreateMessage", message=_shown(message), relatedProfiles=views)
        return _shown(message)

    def _open(self, did: str, given: dict[str, Any]) -> str:
        convo = str(given["convoId"])
        if convo not in self.convos or did not in self._in(convo):
            raise RefusedError(400, "InvalidConvo", "Convo not found")
        return convo

    def _in(self, convo: str) -> set[str]:
        return {view["did"] for view in self.convos[convo]["members"]}

    def _note(self, convo: str, kind: str, **more: Any) -> None:
        rev = self._rev()
        self.convos[convo]["rev"] = rev
        entry = {"$type": f"{DEFS}#{kind}", "rev": rev, "convoId": convo} | more
        self.log.append((self._in(convo), entry))

    def _rev(self) -> str:
        self._clock += 1
        return f"3m{self._clock:011d}"


def snake(name: str) -> str:
    """As methods are named here."""
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)


def _shown(message: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in message.items() if not name.startswith("_")}
