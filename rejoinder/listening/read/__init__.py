"""Reading a mention: what its words mean, what it needs, and why the desk thinks so."""

from rejoinder.listening.read.tiers import Known, careful, fast
from rejoinder.listening.read.words import Reading

__all__ = ["Known", "Reading", "careful", "fast"]
