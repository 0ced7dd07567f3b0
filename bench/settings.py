"""The settings of the house, with one screen more: the empty one that all others are compared with."""

from accord.config.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
