"""Screens of measures, mandates and of the provider's space."""
