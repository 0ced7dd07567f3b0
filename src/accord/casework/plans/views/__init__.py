"""Screens of the plan."""
