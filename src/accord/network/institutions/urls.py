"""Screens of institutions."""

from django.urls import path

from accord.network.institutions import views

app_name = "institutions"
urlpatterns = [
    path("", views.directory, name="list"),
    path("<slug:slug>/", views.show, name="show"),
    path("<slug:slug>/reglages/", views.edit, name="edit"),
    path("<slug:slug>/membres/", views.add_member, name="add-member"),
    path("<slug:slug>/membres/<uuid:membership_id>/fin/", views.remove_member, name="remove-member"),
]
