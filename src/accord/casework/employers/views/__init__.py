"""Screens of employers and of the contacts with them."""
