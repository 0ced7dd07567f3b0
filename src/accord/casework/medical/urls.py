"""Addresses of accord.casework.medical."""

from django.urls import URLPattern

app_name = "medical"
urlpatterns: list[URLPattern] = []
