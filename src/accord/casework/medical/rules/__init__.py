"""Rules of the medical compartment: pure Python, each with its source."""
