"""From the text of a programme file to a Programme, or to the list of what is wrong with it."""

from accord.network.programmes.rules.reading.whole import programme_from, read_programme

__all__ = ["programme_from", "read_programme"]
