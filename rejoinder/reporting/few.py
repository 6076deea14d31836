"""Few people are nobody's statistic. Pure."""

from collections.abc import Mapping

# A figure about fewer people than this would tell something about one of them.
FEW = 5
REST = "rest"


def apart(people: Mapping[str, int], mentions: Mapping[str, int]) -> dict[str, float]:
    """The share of mentions in each group of people, those of few people put together as `REST`.

    None of the groups that are told, the rest neither, is of 1 to 4 people: else what is left out
    could be reckoned from what is shown. `people` are distinct in a group, and may be in several.
    """
    whole = sum(mentions.values())
    told = [name for name in people if people[name] >= FEW]
    rest = [name for name in people if 0 < people[name] < FEW]
    # Whoever is in two groups counts once, so of groups together at least the largest is known.
    while rest and told and max(people[name] for name in rest) < FEW:
        told.sort(key=lambda name: -people[name])
        rest.append(told.pop())
    if not whole or (rest and not told):
        return {}
    shares = {name: mentions[name] / whole for name in people if name in told}
    return shares | ({REST: sum(mentions[name] for name in rest) / whole} if rest else {})
