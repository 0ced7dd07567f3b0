"""A plan as it is read: in words, and as a picture."""

from accord.casework.plans.panels.timeline import Timeline, timeline_of
from accord.casework.plans.panels.words import Words, sentence_of

__all__ = ["Timeline", "Words", "sentence_of", "timeline_of"]
