"""Made-up personal data in the spellings that people use, and what only looks like it.

Everything here is nobody's: numbers that Ofcom keeps for drama, example.com, postcodes in ZZ,
card numbers with a true check digit that no bank gave out.
"""

import random
from collections.abc import Callable, Iterator
from typing import NamedTuple

_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_LOOKS = {"0": "oO", "1": "lI", "5": "S"}
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_NAMES = ("bob", "jane.smith", "a_patel", "rosa-diaz", "tom99", "granny.smith", "o.marsh+bills")
_DOMAINS = ("example.com", "example.org", "mail.example.net", "example.co.uk", "my-isp.example")
_CONTEXTS = (
    "{}", "call me on {}", "my number is {} thanks", "It's {}.", "{} is mine, any news?",
    "Hi @brand, still waiting! {} please", "here you go: {}", "details ({})", "3rd time: {} ok?",
    "I moved on 3 May, use {} now", "DM'd you already, {}, nobody answers", "🙏 {} 🙏",
    "order 4411 is late, reach me: {}", "sent it at 10:30\n{}\nsince then nothing", "“{}”",
)  # fmt: skip
Draw = random.Random


class Example(NamedTuple):
    """A text, and where the personal data in it stands; `end` is 0 where there is none."""

    text: str
    start: int
    end: int
    kind: str
    spelling: str


def examples(many: int, seed: int) -> Iterator[Example]:
    """That many texts with personal data, each spelling of each kind in turn."""
    draw = Draw(seed)
    ways = [(kind, spell) for kind, spells in SPELLINGS.items() for spell in spells]
    for number in range(many):
        kind, spell = ways[number % len(ways)]
        said = spell(draw)
        before, after = draw.choice(_CONTEXTS).split("{}")
        start = len(before)
        name = spell.__name__.strip("_")
        yield Example(before + said + after, start, start + len(said), kind, name)


def others(many: int, seed: int) -> Iterator[Example]:
    """That many texts without any, which look as if."""
    draw = Draw(seed)
    for number in range(many):
        make = LOOK_ALIKE[number % len(LOOK_ALIKE)]
        yield Example(make(draw), 0, 0, "", make.__name__.strip("_"))


def mobile(draw: Draw) -> str:
    """Eleven digits of a British number that is nobody's (Ofcom, numbers for drama)."""
    return f"07700900{draw.randint(0, 999):03}"


def landline(draw: Draw) -> str:
    area = draw.choice(("01632960", "01134960", "01614960", "02079460", "01174960"))
    return f"{area}{draw.randint(0, 999):03}"


def _british(draw: Draw) -> str:
    return mobile(draw) if draw.random() < 0.7 else landline(draw)


def _cut(digits: str, draw: Draw) -> list[str]:
    return draw.choice(
        (
            [digits[:5], digits[5:]],
            [digits[:5], digits[5:8], digits[8:]],
            [digits[:3], digits[3:7], digits[7:]],
            [digits[:4], digits[4:7], digits[7:]],
        )
    )


def _plain(draw: Draw) -> str:
    return _british(draw)


def _spaces(draw: Draw) -> str:
    return " ".join(_cut(_british(draw), draw))


def _dots(draw: Draw) -> str:
    return ".".join(_cut(_british(draw), draw))


def _dashes(draw: Draw) -> str:
    return draw.choice(("-", " - ", "–", "—")).join(_cut(_british(draw), draw))


def _brackets(draw: Draw) -> str:
    first, *rest = _cut(_british(draw), draw)
    return f"({first}){draw.choice((' ', ''))}{' '.join(rest)}"


def _one_by_one(draw: Draw) -> str:
    return draw.choice((" ", "-", ".", ", ")).join(_british(draw))


def _abroad(draw: Draw) -> str:
    first, *rest = _cut(_british(draw), draw)
    prefix = draw.choice(("+44", "+44 ", "0044", "0044 ", "+44 (0)", "+44(0) ", "(+44) ", "+44-"))
    return prefix + " ".join([first[1:], *rest])


def _no_plus(draw: Draw) -> str:
    return "44" + draw.choice(("", " ")) + mobile(draw)[1:]


def _letters(draw: Draw) -> str:
    """o7700 9oo123: letters for some of the digits that have one, at least for two."""
    digits = draw.choice(([mobile(draw)], [*_cut(mobile(draw), draw)]))
    text = " ".join(digits)
    places = [place for place, digit in enumerate(text) if digit in _LOOKS]
    chosen = draw.sample(places, draw.randint(2, min(4, len(places))))
    return "".join(
        draw.choice(_LOOKS[char]) if place in chosen else char for place, char in enumerate(text)
    )


def _words(draw: Draw) -> str:
    zero = draw.choice(("oh", "zero", "o", "nought"))
    words = [zero if digit == "0" else _WORDS[int(digit)] for digit in mobile(draw)]
    return draw.choice((" ", "-", ", ")).join(words)


def _double(draw: Draw) -> str:
    last = " ".join(_WORDS[int(digit)] for digit in mobile(draw)[-3:])
    double = draw.choice(("double seven", "seven seven", "double 7"))
    return f"oh {double} double oh nine {draw.choice(('double oh', 'zero zero', 'oh oh'))} {last}"


def _mixed(draw: Draw) -> str:
    last = mobile(draw)[-3:]
    return draw.choice(
        (f"07700 nine hundred {last}", f"oh7700 9oo{last}", f"07 seven 00 900 {last}")
    )


def _wide(draw: Draw) -> str:
    return " ".join(_cut(_british(draw), draw)).translate(_WIDE)


def _unseen(draw: Draw) -> str:
    return draw.choice(("\u200b", "\u200d", "\u2060", "\u00ad")).join(_british(draw))


def _hard_spaces(draw: Draw) -> str:
    return draw.choice(("\u00a0", "\u2009", "  ")).join(_cut(_british(draw), draw))


def _mail(draw: Draw) -> str:
    return f"{draw.choice(_NAMES)}@{draw.choice(_DOMAINS)}"


def _mail_apart(draw: Draw) -> str:
    return f"{draw.choice(_NAMES)} @ {draw.choice(_DOMAINS[:2] + _DOMAINS[3:4])}"


def _mail_brackets(draw: Draw) -> str:
    at = draw.choice(("[at]", "(at)", " [at] ", " (AT) ", "{at}", "<at>", " [ at ] "))
    dot = draw.choice((".", "[dot]", " (dot) ", " dot ", " [.] "))
    return draw.choice(_NAMES) + at + draw.choice(_DOMAINS).replace(".", dot)


def _mail_words(draw: Draw) -> str:
    domain = draw.choice(("example.com", "example.co.uk", "example.org"))
    spoken = draw.choice(("bob", "jane dot smith", "a_patel", "tom99"))
    at, dot = draw.choice((("at", "dot"), ("AT", "DOT")))
    return f"{spoken} {at} {domain.replace('.', f' {dot} ')}"


def _mail_loud(draw: Draw) -> str:
    return _mail(draw).upper()


def _mail_wide(draw: Draw) -> str:
    return _mail(draw).replace("@", "＠")


def _outward(draw: Draw) -> str:
    return "ZZ" + draw.choice(("9", "99", "1A", "7", "12")).replace("9", str(draw.randint(1, 9)))


def _inward(draw: Draw) -> str:
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    pair = draw.choice(letters) + draw.choice(letters)
    measures = ("GB", "TB", "ST", "ND", "RD", "TH")  # a phone's memory and a day look so: see docs
    return f"{draw.randint(0, 9)}{'AA' if pair in measures else pair}"


def _code(draw: Draw) -> str:
    return f"{_outward(draw)} {_inward(draw)}"


def _code_small(draw: Draw) -> str:
    return _code(draw).lower()


def _code_together(draw: Draw) -> str:
    return _outward(draw) + _inward(draw)


def _code_real(draw: Draw) -> str:
    """A district that exists with an end that is made up."""
    district = draw.choice(("SW1A", "M1", "LS14", "EC1A", "B33", "CR2", "DN55", "G12", "E1", "BT7"))
    return f"{district} {_inward(draw)}"


def check_digit(digits: str) -> str:
    """What makes Luhn's sum right behind these digits."""
    total = sum(
        sum(divmod(int(digit) * (2 - place % 2), 10))
        for place, digit in enumerate(reversed(digits))
    )
    return str(-total % 10)


def card(draw: Draw) -> str:
    """A card of a scheme with random digits and the right last one."""
    prefix, size = draw.choice((("4", 16), ("51", 16), ("55", 16), ("2221", 16), ("37", 15),
                                ("6011", 16), ("3530", 16), ("36", 14)))  # fmt: skip
    digits = prefix + "".join(str(draw.randint(0, 9)) for _ in range(size - 1 - len(prefix)))
    return digits + check_digit(digits)


def _card_plain(draw: Draw) -> str:
    return card(draw)


def _card_in_fours(draw: Draw) -> str:
    digits = card(draw)
    sizes = (4, 6, 5) if len(digits) == 15 else (4, 6, 4) if len(digits) == 14 else (4, 4, 4, 4)
    pieces, at = [], 0
    for size in sizes:
        pieces.append(digits[at : at + size])
        at += size
    return draw.choice((" ", "-", ".", " - ")).join(pieces)


def _card_letters(draw: Draw) -> str:
    """o for 0 and l for 1."""
    return _card_in_fours(draw).replace("0", draw.choice("oO")).replace("1", draw.choice("lI"))


def _card_wide(draw: Draw) -> str:
    return _card_in_fours(draw).translate(_WIDE)


SPELLINGS: dict[str, tuple[Callable[[Draw], str], ...]] = {
    "phone": (
        _plain, _spaces, _dots, _dashes, _brackets, _one_by_one, _abroad, _no_plus, _letters,
        _words, _double, _mixed, _wide, _unseen, _hard_spaces,
    ),
    "email": (_mail, _mail_apart, _mail_brackets, _mail_words, _mail_loud, _mail_wide),
    "postcode": (_code, _code_small, _code_together, _code_real),
    "card": (_card_plain, _card_in_fours, _card_letters, _card_wide),
}  # fmt: skip


def imei(draw: Draw) -> str:
    """Fifteen digits with Luhn's digit, as a phone has."""
    digits = draw.choice(("35", "86", "01", "99")) + str(draw.randint(10**11, 10**12 - 1))
    return digits + check_digit(digits)


def _imei_alone(draw: Draw) -> str:
    return f"the phone says {imei(draw)}"


def _imei_said(draw: Draw) -> str:
    return draw.choice(("IMEI {}", "my imei is {} ok", "IMEI: {}", "imei no {}")).format(imei(draw))


def _imei_sv(draw: Draw) -> str:
    return f"IMEISV {imei(draw)}{draw.randint(0, 9)}"


def _tracking(draw: Draw) -> str:
    return f"tracking number {draw.randint(10**15, 10**16 - 1)} says delivered"


def _parcel(draw: Draw) -> str:
    return f"parcel ZZ{draw.randint(10**8, 10**9 - 1)}GB never came"


def _order(draw: Draw) -> str:
    return f"order {draw.choice(('', 'number ', '#', 'ref '))}{draw.randint(10**6, 10**9)} is lost"


def _price(draw: Draw) -> str:
    return f"charged £{draw.randint(1, 9)},{draw.randint(100, 999)}.{draw.randint(10, 99)} twice"


def _large(draw: Draw) -> str:
    return f"{draw.randint(1, 999)},{draw.randint(100, 999)},{draw.randint(100, 999)} views already"


def _time(draw: Draw) -> str:
    hour, minute = draw.randint(0, 23), draw.randint(0, 59)
    return f"since {hour:02}:{minute:02} on {draw.randint(1, 28):02}/{draw.randint(1, 12):02}/2026"


def _date_time(draw: Draw) -> str:
    day, month = draw.randint(1, 28), draw.randint(1, 12)
    return draw.choice(
        (
            f"2026-{month:02}-{day:02} 10:30:12",
            f"{day:02}-{month:02}-2026 1030",
            f"{day}.{month}.26",
        )
    )


def _model(draw: Draw) -> str:
    return draw.choice(
        (
            "iPhone 5S 4GB or the Galaxy S10 8GB?", "the A4 3GB model", "M4 5G tablet", "a 6S 64GB",
            "Pixel 6a 5G 128GB", "S22 5G on plan 20GB", "B4 9th of May", "S9 4G no signal",
        )
    )  # fmt: skip


def _score(draw: Draw) -> str:
    return f"won {draw.randint(0, 5)}-{draw.randint(0, 5)}, then 2-1 3-3 0-0 4-2 at home"


def _version(draw: Draw) -> str:
    numbers = (draw.randint(1, 20), draw.randint(0, 9), draw.randint(0, 99), draw.randint(0, 9999))
    return f"app version {'.'.join(map(str, numbers))} crashes"


def _internet(draw: Draw) -> str:
    return f"ping 192.168.{draw.randint(0, 255)}.{draw.randint(0, 255)} works"


def _link(draw: Draw) -> str:
    return f"see https://example.com/status/{draw.randint(10**18, 10**19 - 1)}?s=20"


def _link_mobile(draw: Draw) -> str:
    return f"https://example.com/p/{mobile(draw)}-blue"


def _handle(draw: Draw) -> str:
    return f"@user{draw.randint(10**5, 10**10)} and @ann_{draw.randint(1970, 2010)} say the same"


def _fediverse(draw: Draw) -> str:
    return draw.choice(("@bob@social.example hello", "thanks @ann.social.example, great"))


def _hashtag(draw: Draw) -> str:
    return f"#{draw.randint(10**5, 10**8)} #year{draw.randint(1990, 2030)}"


def _helpline(draw: Draw) -> str:
    short = ("call 0800 1111", "text 7726", "ring 150 or 191 or 333", "dial 999 or 112")
    long = ("0808 157 0123", "0345 600 0123 is busy", "call 03069 990 123", "0300 123 4567 again")
    return draw.choice(short + long)


def _at_sign(draw: Draw) -> str:
    return draw.choice(
        ("look at example.com for more", "5 @ £2.50 each", "meet me @ 10.30", "see you at dot 10",
         "I am at work at last.Going home", "we met @ the shop.Great")
    )  # fmt: skip


LOOK_ALIKE: tuple[Callable[[Draw], str], ...] = (
    _imei_alone, _imei_said, _imei_sv, _tracking, _parcel, _order, _price, _large, _time,
    _date_time, _model, _score, _version, _internet, _link, _link_mobile, _handle, _fediverse,
    _hashtag, _helpline, _at_sign,
)  # fmt: skip
