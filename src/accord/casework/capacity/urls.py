"""Addresses of the capacity for work."""

from django.urls import path

from accord.casework.capacity.views import incapacities, summaries

app_name = "capacity"
urlpatterns = [
    path("<uuid:case_id>/incapacites/", incapacities.incapacities, name="incapacities"),
    path("incapacites/<uuid:period_id>/", incapacities.incapacity, name="incapacity"),
    path("incapacites/<uuid:period_id>/fin/", incapacities.incapacity_end, name="incapacity-end"),
    path("incapacites/<uuid:period_id>/retrait/", incapacities.withdrawal, name="withdrawal"),
    path("<uuid:case_id>/resume/", summaries.summary, name="summary"),
]
