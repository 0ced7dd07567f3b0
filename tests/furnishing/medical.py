"""The medical compartment in the scene of every address, and in the demo. Its walls have their own test."""

from __future__ import annotations

from typing import Any

from accord.casework.medical.policies import practises, serves_medically

OWNED = {"request_id", "treating_id", "release_id", "clarification_id"}
CLIENTS = {
    serves_medically: lambda scene: scene.arguments["secretary"].browser(),
    practises: lambda scene: scene.arguments["doctor"].browser(),
}
STATE_REFUSES = {
    "medical:ask": 403, "medical:advice": 403,
    "medical:refusal": 403, "medical:allocation": 403, "medical:scheduling": 403, "medical:file": 403,
    "medical:notes": 403, "medical:release": 404, "medical:contact": 404, "medical:scan": 404,
    "medical:clarification": 404,
}  # fmt: skip
"""Whoever asked does not do the medical service's work, and never reads what it wrote."""
NOT_A_PAGE = {"medical:scan"}
DESK, SECRETARY, DOCTOR = "demo05@accord.example", "demo38@accord.example", "demo07@accord.example"
BY = {
    **dict.fromkeys(
        ("medical:secretariat", "medical:regions", "medical:region", "medical:allocation"), SECRETARY
    ),
    **dict.fromkeys(("medical:doctor", "medical:file", "medical:notes"), DOCTOR),
    **dict.fromkeys(("medical:treating", "medical:release", "medical:contact"), DOCTOR),
    **dict.fromkeys(("medical:scheduling", "medical:refusal"), SECRETARY),
    **dict.fromkeys(("medical:case", "medical:request", "medical:withdrawal"), DESK),
}
PICTURES = {
    "medical-secretariat": "/medical/secretariat/",
    "medical-doctor": "/medical/medecin/",
    "medical-request": "/medical/demandes/{request_id}/",
}


def furnish_scene(scene: Any) -> dict[str, object]:
    """A request of the scene's institution; a treating doctor and a clarification of the service alone."""
    from casework.medical.situations import asked_in, clarification_in, medical_service, released_in

    house = medical_service()
    request = asked_in(scene.ours, scene.arguments["case_id"], house)
    treating, release = released_in(house, request.case)
    return {
        "request_id": request.pk,
        "treating_id": treating.pk,
        "release_id": release.pk,
        "clarification_id": clarification_in(house, request.case).pk,
        "absence_id": house.absence.pk,
        "programme_key": "cii-valais",
        "region_key": "bas_valais",
        "secretary": house.secretary,
        "doctor": house.doctor,
    }
