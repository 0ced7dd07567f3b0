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
    **dict.fromkeys((f"medical:{name}" for name in ("ask", "advice", "case", "request", "withdrawal")), DESK),
    **dict.fromkeys(
        (
            f"medical:{name}"
            for name in ("secretariat", "regions", "region", "allocation", "scheduling", "refusal")
        ),
        SECRETARY,
    ),
    **dict.fromkeys(
        (
            f"medical:{name}"
            for name in ("doctor", "file", "notes", "treating", "release", "contact", "clarification")
        ),
        DOCTOR,
    ),
}
PICTURES = {
    "medical-secretariat": ("/medical/secretariat/", SECRETARY),
    "medical-doctor": ("/medical/medecin/", DOCTOR),
    "medical-file": ("/medical/demandes/{request_id}/dossier/", DOCTOR),
    "medical-request": ("/medical/demandes/{request_id}/", DESK),
    "medical-ask": ("/medical/dossier/{case_id}/demande/", DESK),
}


def things(site: Any, house: object, case: object) -> dict[str, object]:
    """A case before the doctor, and for each screen a request that has come as far as the screen needs."""
    request = (
        "select r.id from medical_medicalrequest r join cases_case c on c.id = r.case_id"
        " left join accounts_user d on d.id = r.doctor_id join institutions_institution o on o.id = r.asked_by_id"
        " where c.state = 'open' and r.kind = 'full' and r.region <> 'haut_valais' and {} order by r.asked_at limit 1"
    )
    mine = f"d.email = '{DOCTOR}' and r.state"
    interview = site.value(request.format(f"{mine} = 'scheduled' and o.slug = 'bureau-cii-vs'"))
    to_allocate = site.value(request.format("r.state = 'requested'"))
    case = site.value("select case_id from medical_medicalrequest where id = %s", interview)
    treating = "select t.id from medical_treatingdoctor t where t.case_id = %s and {} exists (select 1 from"
    treating += " medical_release l where l.treating_id = t.id) limit 1"
    return {
        "case_id": case,
        "request_id": interview,
        "allocation:request_id": to_allocate,
        "refusal:request_id": to_allocate,
        "scheduling:request_id": site.value(request.format("r.state = 'allocated'")),
        "treating_id": site.value(treating.format(""), case),
        "release:treating_id": site.value(treating.format("not"), case),
        "clarification_id": site.value(
            "select id from medical_clarificationdue where settled_at is null order by due_on limit 1"
        ),
        "programme_key": "cii-valais",
        "region_key": "bas_valais",
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
