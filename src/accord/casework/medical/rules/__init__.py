"""Rules of the medical room: pure Python, each with its source."""
