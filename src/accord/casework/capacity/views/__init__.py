"""Screens of the capacity for work; its panel is on the case page."""
