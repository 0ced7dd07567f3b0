"""The settings of the house, with an empty screen that all others are compared with, and no limit of questions."""

from accord.config.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
ACCORD_FOLLOW_UP_QUESTIONS = (1_000_000, 1_000_000, 1_000_000)
"""The bench asks more often than anybody may: what is measured is an answer, not a refusal."""
