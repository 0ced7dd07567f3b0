"""Addresses of accord.casework.window."""

from django.urls import URLPattern

app_name = "window"
urlpatterns: list[URLPattern] = []
