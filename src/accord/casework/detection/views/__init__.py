"""Screens of early detection and of the préavis."""
