"""Checks a rehearsed day from its JSON alone: nothing of the drill's own code is used here."""

from collections import defaultdict
from itertools import pairwise
from typing import Any

HOUR, LATE = 3_600, 15 * 3_600
WORTH = {
    "standard": {"urgent": 10, "specific": 3, "common": 1, "vent": 0.15},
    "urgent-first": {"urgent": 20, "specific": 4, "common": 1, "vent": 0.05},
    "level": {"urgent": 5, "specific": 2, "common": 1, "vent": 0.3},
}
ASKS = ("urgent", "specific", "common")
BEGINS = ("answer", "point")
Out = dict[str, Any]


def over_limit(out: Out) -> int:
    """How many accepted posts, those of other clients too, passed a limit when they went."""
    over = 0
    for limit in out["limits"]:
        sent = sorted(
            post["at"]
            for post in out["posts"]
            if post["account"] == limit["account"] and post["accepted"]
            for _ in range(post["cost"])
        )
        length = limit["window_s"]
        for at in sent:
            fixed = limit["alignment"] == "fixed"
            since = at // length * length if fixed else at - length
            over += sum(since <= other <= at for other in sent) > limit["cap"]
    return over


def answers(out: Out) -> dict[int, float]:
    """When each mention had its answer, however it came."""
    published = {
        post["question"]: post["at"]
        for post in out["posts"]
        if post["kind"] == "update" and post["accepted"]
    }
    begun = {one["mention"]: one["at"] for one in out["decisions"] if one["do"] in BEGINS}
    answered: dict[int, float] = {}
    for one in out["arrivals"]:
        out_at, at = published.get(one["question"]), one["at"]
        if out_at is None:
            continue
        sees_at = max(at, out_at) + (one["sees_after_s"] or 0)
        gone_at = min(at + one["patience_s"], begun.get(one["id"], float("inf")))
        if one["deflected"] and out_at <= at:
            answered[one["id"]] = at
        elif one["sees_after_s"] is not None and sees_at <= gone_at:
            answered[one["id"]] = sees_at
    for post in out["posts"]:
        settles = post["kind"] == "reply" or (
            post["kind"] == "pointer" and out["arrivals"][post["mention"]]["settles"]
        )
        if post["accepted"] and settles and _was_there(out, post["mention"], begun):
            answered.setdefault(post["mention"], post["at"])
    return answered


def check(out: Out) -> None:
    """Every rule that a day keeps, whatever the policy."""
    arrivals = out["arrivals"]
    assert [one["id"] for one in arrivals] == list(range(len(arrivals)))
    for one in out["decisions"]:
        assert one["mention"] is None or one["at"] >= arrivals[one["mention"]]["at"]
    assert all(a["at"] <= b["at"] for a, b in pairwise(out["decisions"]))
    replies = [post for post in out["posts"] if post["kind"] in ("reply", "pointer")]
    accepted = [post["mention"] for post in replies if post["accepted"]]
    assert len(accepted) == len(set(accepted)), "somebody was answered twice"
    begun = {one["mention"]: one for one in out["decisions"] if one["do"] in BEGINS}
    for post in replies:
        one, mention = begun[post["mention"]], arrivals[post["mention"]]
        assert post["account"] == mention["channel"] == one["allowance"]
        assert one["at"] <= mention["at"] + mention["patience_s"], "somebody gone was answered"
        if post["kind"] == "pointer":
            assert mention["question"] == mention["seen_question"] is not None


def _was_there(out: Out, mention: int, begun: dict[int, float]) -> bool:
    """Whether somebody still waited when their reply was begun."""
    waits = out["arrivals"][mention]
    return mention not in begun or begun[mention] <= waits["at"] + waits["patience_s"]


def closes(out: Out) -> None:
    """Where everybody is seen to leave, who saw the public answer is closed as such."""
    published = {
        post["mention"] for post in out["posts"] if post["accepted"] and post["kind"] != "update"
    }
    saw = {one["mention"] for one in out["decisions"] if one["reason"] == "saw-the-answer"}
    deflected = {one["id"] for one in out["arrivals"] if one["deflected"]}
    assert set(answers(out)) - published - deflected <= saw


def busiest(out: Out) -> None:
    """No more advisors write at once than are on duty when the last of them begins."""
    begins = defaultdict(list)
    for one in out["decisions"]:
        if one["do"] in ("answer", "point", "publish", "repeat"):
            begins[one["do"], one["mention"], one["question"]].append(one["at"])
    ends = [(post["at"], -1) for post in out["posts"] if post["kind"] != "other"]
    moves = [(at, 1) for times in begins.values() for at in times]
    writing = 0
    for at, step in sorted(ends + moves):
        writing += step
        on_duty = sum(
            shift["advisors"]
            for shift in out["world"]["shifts"]
            if shift["from_h"] <= at / HOUR < shift["to_h"]
        )
        assert step < 0 or writing <= on_duty


def rescored(out: Out) -> dict[str, float | None]:
    """What the score says, computed anew."""
    answered, arrivals = answers(out), out["arrivals"]
    soon = {n for n, at in answered.items() if at - arrivals[n]["at"] <= HOUR}
    urgent = [one for one in arrivals if one["need"] == "urgent"]
    late = [one for one in urgent if one["at"] > LATE]
    seen = [one for one in late if one["seen_need"] == "urgent"]
    worth = WORTH[out["world"]["weighting"]]
    ours = [post for post in out["posts"] if post["kind"] != "other"]
    value = sum(worth.get(arrivals[n]["need"], 0) * (1 if n in soon else 0.5) for n in answered)
    return {
        "value": value,
        "ratio": value / out["bound"] if out["bound"] else None,
        "answered_1h": sum(arrivals[n]["need"] in ASKS for n in soon),
        "urgent": len(urgent),
        "urgent_1h": sum(one["id"] in soon for one in urgent),
        "urgent_late_1h": _share(late, soon),
        "urgent_late_seen_1h": _share(seen, soon),
        "posts": sum(post["accepted"] for post in ours),
        "money": sum(post["price"] for post in ours),
        "over_limit": sum(not post["accepted"] for post in ours),
        "phone_minus_x": _gap(arrivals, soon),
        "jain_channels": _jain(arrivals, soon, [one["channel"] for one in arrivals]),
        "jain_followers": _jain(arrivals, soon, _fifths(arrivals)),
    }


def _share(who: list[Out], soon: set[int]) -> float | None:
    return sum(one["id"] in soon for one in who) / len(who) if who else None


def _gap(arrivals: list[Out], soon: set[int]) -> float | None:
    total, weight = 0.0, 0
    for need in ASKS:
        who = [one for one in arrivals if one["need"] == need]
        phone = _share([one for one in who if one["channel"] == "phone"], soon)
        x = _share([one for one in who if one["channel"] == "x"], soon)
        if phone is not None and x is not None:
            total, weight = total + (phone - x) * len(who), weight + len(who)
    return total / weight if weight else None


def _fifths(arrivals: list[Out]) -> list[int]:
    order = sorted(range(len(arrivals)), key=lambda n: arrivals[n]["followers"])
    rank = {n: place for place, n in enumerate(order)}
    return [rank[n] * 5 // len(arrivals) for n in range(len(arrivals))]


def _jain(arrivals: list[Out], soon: set[int], group: list[Any]) -> float | None:
    total, weight = 0.0, 0
    for need in ASKS:
        groups = defaultdict(list)
        for one in arrivals:
            if one["need"] == need:
                groups[group[one["id"]]].append(one["id"] in soon)
        rates = [sum(helped) / len(helped) for helped in groups.values() if len(helped) >= 5]
        if rates:
            people = sum(map(len, groups.values()))
            squares = sum(rate**2 for rate in rates)
            index = sum(rates) ** 2 / len(rates) / squares if squares else 1
            total, weight = total + index * people, weight + people
    return total / weight if weight else None
