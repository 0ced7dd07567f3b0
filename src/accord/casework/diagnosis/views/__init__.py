"""Screens of the joint diagnosis; its page is a panel of the case page."""
