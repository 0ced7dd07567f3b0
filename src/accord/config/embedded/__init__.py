"""A PostgreSQL that needs no installation: for the demo and the tests, never for production."""

from accord.config.embedded.binaries import Unavailable
from accord.config.embedded.lending import addresses, database_at_hand
from accord.config.embedded.server import EmbeddedServer

__all__ = ["EmbeddedServer", "Unavailable", "addresses", "database_at_hand"]
