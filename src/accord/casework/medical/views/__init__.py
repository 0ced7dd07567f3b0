"""Screens of the medical compartment; each of them is entered by the database’s own role."""
