"""Addresses of accord.casework.durations."""

from django.urls import URLPattern

app_name = "durations"
urlpatterns: list[URLPattern] = []
