"""Which app answers which address."""

from django.urls import include, path

urlpatterns = [
    path("", include("accord.web.urls")),
    path("compte/", include("accord.foundation.accounts.urls")),
    path("journal/", include("accord.foundation.journal.urls")),
    path("messages/", include("accord.foundation.notifications.urls")),
    path("institutions/", include("accord.network.institutions.urls")),
    path("programmes/", include("accord.network.programmes.urls")),
    path("personnes/", include("accord.people.persons.urls")),
    path("dossiers/", include("accord.casework.cases.urls")),
    path("autorisations/", include("accord.casework.consents.urls")),
    path("annonces/", include("accord.casework.referrals.urls")),
    path("rapprochements/", include("accord.people.matching.urls")),
    path("capacite/", include("accord.casework.capacity.urls")),
    path("diagnostic/", include("accord.casework.diagnosis.urls")),
    path("employeurs/", include("accord.casework.employers.urls")),
    path("plans/", include("accord.casework.plans.urls")),
    path("rencontres/", include("accord.casework.meetings.urls")),
    path("detection/", include("accord.casework.detection.urls")),
    path("conseils/", include("accord.casework.advice.urls")),
    path("urgences/", include("accord.casework.emergencies.urls")),
    path("durees/", include("accord.casework.durations.urls")),
    path("medical/", include("accord.casework.medical.urls")),
    path("conventions/", include("accord.network.agreements.urls")),
    path("prestataires/", include("accord.purchasing.providers.urls")),
    path("mesures/", include("accord.purchasing.measures.urls")),
    path("factures/", include("accord.purchasing.invoices.urls")),
    path("ma-situation/", include("accord.casework.window.urls")),
]

handler400 = "accord.web.errors.bad_request"
handler403 = "accord.web.errors.forbidden"
handler404 = "accord.web.errors.not_found"
handler500 = "accord.web.errors.server_error"
