"""What a search and a rule find: words, phrases, OR, brackets, minus, from: and @."""

import re
from collections.abc import Callable

from tests.simulators.x.problems import invalid
from tests.simulators.x.world import Tweet, World

Finds = Callable[[World, Tweet], bool]

_TOKEN = re.compile(r'\s*(-?)(\(|\)|"[^"]*"|[^\s()"]+)')


def parsed(text: str, longest: int) -> Finds:
    """The query as a question about a post. Raises ProblemError when X would not take it."""
    if not text.strip() or len(text) > longest:
        raise invalid(f"The query must be 1 to {longest} characters long.")
    tokens = [(match[1] == "-", match[2]) for match in _TOKEN.finditer(text)]
    finds, rest = _either(tokens)
    if rest:
        raise invalid("There were errors processing your request: brackets do not match.")
    return finds


_Tokens = list[tuple[bool, str]]


def _either(tokens: _Tokens) -> tuple[Finds, _Tokens]:
    parts: list[Finds] = []
    while True:
        part, tokens = _all(tokens)
        parts.append(part)
        if not tokens or tokens[0][1] != "OR":
            return lambda world, tweet: any(each(world, tweet) for each in parts), tokens
        tokens = tokens[1:]


def _all(tokens: _Tokens) -> tuple[Finds, _Tokens]:
    parts: list[Finds] = []
    while tokens and tokens[0][1] not in {"OR", ")"}:
        part, tokens = _one(tokens)
        parts.append(part)
    if not parts:
        raise invalid("There were errors processing your request: an operand is missing.")
    return lambda world, tweet: all(each(world, tweet) for each in parts), tokens


def _one(tokens: _Tokens) -> tuple[Finds, _Tokens]:
    (minus, token), rest = tokens[0], tokens[1:]
    if token == "(":
        finds, rest = _either(rest)
        if not rest or rest[0][1] != ")":
            raise invalid("There were errors processing your request: brackets do not match.")
        rest = rest[1:]
    else:
        finds = _term(token)
    if minus:
        return lambda world, tweet: not finds(world, tweet), rest
    return finds, rest


def _term(token: str) -> Finds:
    if token.startswith("from:"):
        who = token.removeprefix("from:").lower()
        return lambda world, tweet: tweet.author.username.lower() == who
    if token.startswith("@"):
        who = token[1:].lower()
        return lambda world, tweet: who in {each.username.lower() for each in world.named(tweet)}
    if token == "is:retweet":
        return lambda world, tweet: False
    words = re.compile(rf"(?<!\w){re.escape(token.strip(chr(34)))}(?!\w)", re.IGNORECASE)
    return lambda world, tweet: words.search(tweet.text) is not None
