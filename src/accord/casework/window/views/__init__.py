"""Screens of the insured person, and those of the colleagues who open her window and answer her."""
