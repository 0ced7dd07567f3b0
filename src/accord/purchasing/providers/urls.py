"""Addresses of accord.purchasing.providers."""

from django.urls import URLPattern

app_name = "providers"
urlpatterns: list[URLPattern] = []
