"""Tone hints in the reply box: never a block, each with what would be better. Pure."""

from rejoinder.desk.tone.hints import hints
from rejoinder.desk.tone.kinds import MEANS, Hint, Kind, Rule, Spoken
from rejoinder.desk.tone.say import better

__all__ = ["MEANS", "Hint", "Kind", "Rule", "Spoken", "better", "hints"]
