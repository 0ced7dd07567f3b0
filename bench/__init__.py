"""Measure the pages on a large invented world: `make bench`, or `python -m bench --help`."""
