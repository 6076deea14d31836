"""Words as Mastodon shows and counts them (TextFormatter, StatusLengthValidator)."""

import html
import re
import unicodedata

MOST, LINK = 500, 23
MENTION = re.compile(r"(?<![=/\w])@(\w+(?:[.-]\w+)*)(?:@([\w.-]+\w))?")
HASHTAG = re.compile(r"(?<![\w/#])#(\w*[^\W\d_]\w*)")
URL = re.compile(r"(?<![\w@/.])https?://[^\s<>\"]+[^\s<>\".,;:!?')]")
_PARTS = re.compile(f"{URL.pattern}|{MENTION.pattern}|{HASHTAG.pattern}")


def shown(text: str, people: dict[str, str]) -> str:
    """The markup of a status; `people` are the pages of those it names, by what names them."""
    marked = _PARTS.sub(lambda found: _hold(_link(found[0], people)), text)
    escaped = html.escape(marked, quote=False)
    paragraphs = re.split(r"\n{2,}", escaped)
    joined = "".join(f"<p>{part.replace(chr(10), '<br />')}</p>" for part in paragraphs)
    return re.sub("\ue000([0-9a-f]+)\ue001", lambda found: bytes.fromhex(found[1]).decode(), joined)


def length(text: str, warning: str) -> int:
    """What counts of the 500: links as 23, those who are named without their host."""
    text = URL.sub("x" * LINK, text)
    text = MENTION.sub(lambda found: f"@{found[1]}", text)
    return _clusters(warning) + _clusters(text)


def _hold(markup: str) -> str:
    return f"\ue000{markup.encode().hex()}\ue001"


def _link(word: str, people: dict[str, str]) -> str:
    if word.startswith("http"):
        scheme, _, rest = word.partition("://")
        safe = html.escape(word)
        return (
            f'<a href="{safe}" target="_blank" rel="nofollow noopener" translate="no">'
            f'<span class="invisible">{scheme}://</span><span class="">{html.escape(rest)}</span>'
            '<span class="invisible"></span></a>'
        )
    if word.startswith("#"):
        tag = html.escape(word[1:])
        href = f"https://social.example/tags/{tag.lower()}"
        return f'<a href="{href}" class="mention hashtag" rel="tag">#<span>{tag}</span></a>'
    page = people.get(word[1:].lower())
    if page is None:
        return html.escape(word)
    name = html.escape(word[1:].partition("@")[0])
    return (
        f'<span class="h-card" translate="no"><a href="{page}" class="u-url mention">'
        f"@<span>{name}</span></a></span>"
    )


def _clusters(text: str) -> int:
    """Letters as a reader counts them: marks, joiners and flags belong to what they stand with."""
    count, joined, flag = 0, False, False
    for letter in text:
        mark = unicodedata.category(letter) in {"Mn", "Me", "Mc"} or letter in "\u200d\ufe0f"
        tone = 0x1F3FB <= ord(letter) <= 0x1F3FF
        second = flag and 0x1F1E6 <= ord(letter) <= 0x1F1FF
        if not (mark or tone or joined or second):
            count += 1
        flag = 0x1F1E6 <= ord(letter) <= 0x1F1FF and not second
        joined = letter == "\u200d"
    return count
