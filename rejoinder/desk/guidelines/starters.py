"""A few rules that many teams have, so that the list need not begin empty."""

import tomllib
from importlib import resources

from django.db import transaction

from rejoinder.desk.guidelines import keeping
from rejoinder.desk.guidelines.words import Words
from rejoinder.desk.models import Guideline
from rejoinder.team import access
from rejoinder.team.models import Advisor


def begin(actor: Advisor) -> int:
    """Write them in the actor's language, where no rule was ever written; how many."""
    access.require(actor, access.STEER)
    if Guideline.objects.exists():
        return 0
    with transaction.atomic():
        made = [keeping.write(actor, words) for words in of(actor.language)]
    return len(made)


def of(language: str) -> list[Words]:
    """German ones or English ones."""
    file = resources.files(__package__) / "starters.toml"
    read = tomllib.loads(file.read_text(encoding="utf-8"))
    return [Words(**each) for each in read["de" if language.startswith("de") else "en"]]
