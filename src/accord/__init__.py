"""Accord: one case, one diagnosis, one plan, many institutions."""
