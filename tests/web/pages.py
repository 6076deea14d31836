"""Reading pages in tests as a person would: words, links, forms."""

import html
import re
from typing import Any


def text(response: Any) -> str:
    """The page's words, without its marks, in one line."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", source(response)))).strip()


def source(response: Any) -> str:
    """The page as it was sent."""
    return str(response.content.decode())


def notices(response: Any) -> str:
    """What the page says happened."""
    found = re.findall(r'<p class="notice[^>]*>(.*?)</p>', source(response), re.DOTALL)
    return html.unescape(" ".join(found))
