"""Whether a public answer touches a subject that two people should have read. Pure.

Words are looked for as they are written; a subject nobody ticked is found all the same.
"""

import re

# By the values of models.Subject, in English and German.
_CUES = {
    "data-breach": (
        r"breach(?:es|ed)?|hack(?:ed|ers?)?|leak(?:s|ed)?|(?:stolen|personal) data"
        r"|unauthori[sz]ed access|datenleck|datenpanne|hacker(?:n|angriff)?|unbefugte[nr]?"
    ),
    "emergency-calls": (
        r"999|112|110|911|emergency (?:calls?|services?|numbers?)|ambulances?"
        r"|notrufe?[ns]?|notrufnummern?|rettungsdienst"
    ),
    "cause": (
        r"caused|causes? of|the cause|root cause|what went wrong|due to|our fault|to blame"
        r"|verursach\w*|ursachen?|schuld|lag daran"
    ),
    "compensation": (
        r"compensat\w*|refund(?:s|ed)?|money back|credit(?:s|ed)? (?:to|on) your|goodwill"
        r"|entschädig\w*|erstatt\w*|gutschrift(?:en)?|geld zurück"
    ),
}
_PATTERNS = {
    subject: re.compile(rf"(?<!\w)(?:{cues})(?!\w)", re.IGNORECASE)
    for subject, cues in _CUES.items()
}


def subjects(text: str) -> list[str]:
    """The subjects a text touches, in the order of the list."""
    return [subject for subject, cues in _PATTERNS.items() if cues.search(text)]
