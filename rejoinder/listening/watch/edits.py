"""How many letters two words differ by: optimal string alignment, as spelling correctors use it."""

from collections.abc import Iterator


def within(one: str, other: str, most: int) -> bool:
    """Whether at most so many inserted, left out, changed or swapped letters part the words.

    Restricted Damerau–Levenshtein distance (Boytsov, ACM JEA 2011, section 2.2).
    """
    if abs(len(one) - len(other)) > most:
        return False
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, left in enumerate(one, 1):
        line = [row]
        for column, right in enumerate(other, 1):
            best = min(last[column] + 1, line[-1] + 1, last[column - 1] + (left != right))
            if row > 1 and column > 1 and left == other[column - 2] and one[row - 2] == right:
                best = min(best, before[column - 2] + 1)
            line.append(best)
        if min(line) > most:
            return False
        before, last = last, line
    return last[-1] <= most


def shortened(word: str, most: int) -> Iterator[str]:
    """The word, and what is left of it with at most so many letters taken out.

    Two words within a distance share one of these (Mor and Fraenkel, CACM 1982).
    """
    seen = frontier = {word}
    yield word
    for _ in range(most):
        frontier = {each[:at] + each[at + 1 :] for each in frontier for at in range(len(each))}
        yield from frontier - seen
        seen = seen | frontier
