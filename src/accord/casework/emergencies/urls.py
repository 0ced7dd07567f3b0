"""Addresses of emergencies."""

from django.urls import path

from accord.casework.emergencies import views

app_name = "emergencies"
urlpatterns = [
    path("", views.opening, name="opening"),
    path("revue/", views.reviews, name="reviews"),
    path("<uuid:access_id>/", views.access, name="access"),
    path("<uuid:access_id>/fin/", views.ending, name="ending"),
    path("<uuid:access_id>/revue/", views.review, name="review"),
    path("<uuid:access_id>/lettre.pdf", views.letter, name="letter"),
]
