"""Rules of providers. Pure Python."""
