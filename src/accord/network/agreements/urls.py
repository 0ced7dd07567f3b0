"""Addresses of accord.network.agreements."""

from django.urls import URLPattern

app_name = "agreements"
urlpatterns: list[URLPattern] = []
