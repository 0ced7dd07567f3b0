"""Addresses of employers and of the contacts with them."""

from django.urls import path

from accord.casework.employers.views import contacting, directory

app_name = "employers"
urlpatterns = [
    path("", directory.employer_list, name="list"),
    path("nouveau/", directory.new, name="new"),
    path("<uuid:employer_id>/", directory.show, name="show"),
    path("<uuid:employer_id>/correction/", directory.change, name="change"),
    path("dossiers/<uuid:case_id>/", contacting.choose, name="choose"),
    path("dossiers/<uuid:case_id>/nouveau/", contacting.new_for_case, name="new-for-case"),
    path("dossiers/<uuid:case_id>/<uuid:employer_id>/", contacting.contact, name="contact"),
    path("contacts/<uuid:contact_id>/", contacting.result, name="result"),
]
