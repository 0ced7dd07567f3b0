"""A programme file is read whole, or every fault in it is told on its line."""

from __future__ import annotations

import json
import tomllib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accord.network.programmes.rules import Fault, Localized, Programme, programme_from, read_programme
from accord.network.programmes.rules.locating import locate


def read(text: str) -> Programme:
    found = read_programme(text, file="petit-cercle.toml")
    assert isinstance(found, Programme), "\n".join(map(str, found))
    return found


def faults_of(text: str) -> list[Fault]:
    found = read_programme(text, file="petit-cercle.toml")
    assert isinstance(found, list), "the file was taken for faultless"
    return found


def test_a_programme_of_one_page_is_enough(tiny):
    programme = read(tiny)
    assert programme.label.in_("de") == "Kleiner Kreis"
    assert programme.deadlines.consent_warning_days == (14, 2)
    assert programme.deadlines.notice_days is None
    assert programme.retention_months("case") == 12
    assert programme.retention_months("medical") is None
    assert [choice.key for choice in programme.form_fields[0].choices] == ["tenant", "owner"]


def test_categories_make_bit_sets_and_come_back_from_them(tiny):
    programme = read(tiny)
    mask = programme.mask_of(["housing", "identity"])
    assert mask == 1 | 1 << 16
    assert [category.key for category in programme.categories_in(mask)] == ["identity", "housing"]
    assert programme.categories_in(1 << 3) == ()


def test_the_desk_may_lead_and_a_mere_member_may_not(tiny):
    programme = read(tiny)
    assert programme.may_lead("social_aid")
    assert not programme.may_lead("association")
    assert not programme.may_lead("employer")
    assert programme.may_announce("association")
    assert not programme.may_announce("employer")


def test_stages_follow_one_another(tiny):
    programme = read(tiny)
    assert programme.stage_after("announcement") == programme.stage("work")
    assert programme.stage_after("work") is None
    assert [stage.key for stage in programme.stages_before("work")] == ["announcement"]


def test_goals_and_measures_are_what_a_plan_may_be_made_of(tiny):
    programme = read(tiny)
    goal = programme.goal("keep_home")
    assert goal is not None and goal.contradicts == ("move",)
    assert [kind.key for kind in programme.measures_offered_by("association")] == ["rent_talk"]
    assert programme.measures_offered_by("social_aid") == ()


def test_what_a_version_does_not_know_has_no_rule_and_breaks_nothing(tiny):
    programme = read(tiny)
    assert programme.goal("gone") is None
    assert programme.measure_kind("gone") is None


def test_a_programme_needs_neither_goals_nor_measures(tiny):
    before, rest = tiny.split("[[goal]]", 1)
    programme = read(before + rest[rest.index("[[outcome]]") :])
    assert programme.goals == programme.measure_kinds == ()


def test_a_law_holds_between_its_kinds_and_until_its_stage(tiny):
    programme = read(tiny)
    assert [law.key for law in programme.laws_between("social_aid", "association", "announcement")] == [
        "rule"
    ]
    assert programme.laws_between("social_aid", "association", "work") == ()
    assert programme.laws_between("association", "social_aid", "announcement") == ()


def test_an_article_that_needs_consent_opens_nothing_by_itself(tiny):
    text = tiny.replace('source = "Loi"', 'source = "Loi"\nneeds_consent = true\nneeds_reciprocity = true')
    programme = read(text)
    assert programme.laws_between("social_aid", "association") == ()
    assert programme.needs_reciprocity("social_aid", "association")
    assert not programme.needs_reciprocity("association", "social_aid")


BROKEN = [
    ('slug = "petit-cercle"', 'slug = "Petit cercle"', 0, "Write small letters, digits and hyphens"),
    ('version = "1"', 'verison = "1"', 0, "Did you mean “version”?"),
    ('version = "1"', 'version = "1"\ncolour = "red"', 1, "The programme knows no “colour”."),
    ('canton = "NE"', "canton = 24", 0, "“canton” of the programme must be a text that is not empty."),
    ("bit = 0", "bit = 3", 0, "It has bit 0 in every programme"),
    ("bit = 16", "bit = 4", 0, "Bit 4 of the category “housing” is kept"),
    ("bit = 16", "bit = 31", 0, "must be a whole number from 0 to 30"),
    ("bit = 16", "bit = true", 0, "must be a whole number from 0 to 30"),
    (
        'key = "housing"\nbit = 16',
        'key = "identity"\nbit = 0',
        0,
        "The key “identity” stands twice among [[category]].",
    ),
    ('kind = "association"', 'kind = "asociation"', 0, "Did you mean “association”?"),
    (
        'role = "member"',
        'role = "guest"',
        0,
        "“guest”, the “role” of [[circle]] “association”, is not known.",
    ),
    (
        'kind = "association"\nrole = "member"',
        'kind = "social_aid"\nrole = "desk"',
        0,
        "“social_aid as desk” stands twice",
    ),
    (
        'kind = "social_aid"\nrole = "caseworker"',
        'kind = "association"\nrole = "caseworker"',
        0,
        "no [[circle]] gives this kind the role “desk”",
    ),
    ('role = "caseworker"', 'role = "case_worker"', 0, "Did you mean “caseworker”?"),
    ('announce_from = ["association", "social_aid"]', "announce_from = []", 0, "must be a list of words"),
    (
        'label = { fr = "Logement menacé", de = "Wohnung gefährdet" }',
        'label = { fr = "Logement menacé" }',
        0,
        "has no “de”",
    ),
    (
        'label = { fr = "Logement menacé", de = "Wohnung gefährdet" }',
        'label = "Logement menacé"',
        0,
        "a text per language",
    ),
    ('label.de = "Status"', 'label.rm = "Status"', 0, "knows no “rm”"),
    ('kind = "choice"', 'kind = "choise"', 0, "Did you mean “choice”?"),
    ('kind = "choice"', 'kind = "choice"\nmax_length = 10', 1, "A “choice” has no max_length."),
    ('category = "housing"', 'category = "houses"', 0, "Did you mean “housing”?"),
    ('{ key = "owner"', '{ key = "tenant"', 0, "The key “tenant” stands twice among [[choices]]."),
    ('gates = ["consent.active"]', 'gates = ["consent.activ"]', 0, "Did you mean “consent.active”?"),
    (
        'gates = ["consent.active"]',
        'gates = ["consent.active", "consent.active"]',
        0,
        "“consent.active” stands twice",
    ),
    ("days = 5", "days = -5", 0, "must be a whole number from 1 to 3650"),
    ('days = 5\nsource = "parameter"', "days = 5", -4, "[[stage]] “announcement” has no “source”."),
    ('holder = "lead"', 'holder = "leader"', 0, "Did you mean “lead”?"),
    (
        'key = "work"\nholder',
        'key = "announcement"\nholder',
        0,
        "The key “announcement” stands twice among [[stage]].",
    ),
    (
        "referral_expiry_days = { days = 9",
        "referral_expiry_days = { days = 2",
        0,
        "before its first reminder at 3",
    ),
    ("days = [14, 2]", "days = [14, 0]", 0, "must be a list of whole numbers from 1 to 3650"),
    ('from_kinds = ["social_aid"]', 'from_kinds = ["social_help"]', 0, "Did you mean “social_aid”?"),
    ('until_stage = "work"', 'until_stage = "wrk"', 0, "Did you mean “work”?"),
    ('categories = ["identity"]', 'categories = ["identty"]', 0, "Did you mean “identity”?"),
    ('confidence = "official"', 'confidence = "certain"', 0, "is not known"),
    ('contradicts = ["move"]', 'contradicts = ["moove"]', 0, "Did you mean “move”?"),
    ('contradicts = ["move"]', 'contradicts = ["keep_home"]', 0, "“keep_home”, the “contradicts” of"),
    ('contradicts = ["move"]', 'contradicts = "move"', 0, "must be a list of words"),
    (
        'key = "move"',
        'key = "keep_home"',
        0,
        "The key “keep_home” stands twice among [[goal]].",
    ),
    (
        "exclusive = false",
        'exclusive = "no"',
        0,
        "“exclusive” of [[measure_kind]] “rent_talk” must be true or",
    ),
    ("exclusive = false", "exclusiv = false", 0, "Did you mean “exclusive”?"),
    ('kinds = ["association"]', 'kinds = ["asociation"]', 0, "Did you mean “association”?"),
    ('confidence = "parameter"', 'confidence = "sure"', 0, "is not known"),
    ('category = "success"', 'category = "succes"', 0, "Did you mean “success”?"),
    ("months = 12", "months = 0", 0, "must be a whole number from 1 to 600"),
    ("default_months = 6", "default_months = 18", 0, "more than the longest, 12"),
    ("{purpose}", "{pupose}", 0, "uses {pupose}, which nothing fills"),
    (
        'one_off = { fr = "Une fois.", de = "Einmal." }',
        "# one_off is gone",
        -8,
        "[consent.text] has no “one_off”.",
    ),
]


@pytest.mark.parametrize(
    ("good", "bad", "further", "sentence"), BROKEN, ids=[bad for _good, bad, _further, _sentence in BROKEN]
)
def test_every_fault_is_told_on_its_line(tiny, good, bad, further, sentence):
    """`further`: so many lines after the first one that was changed."""
    assert good in tiny
    faults = faults_of(tiny.replace(good, bad, 1))
    found = [fault for fault in faults if sentence in str(fault)]
    assert found, "\n".join(map(str, faults))
    assert found[0].line == tiny[: tiny.index(good)].count("\n") + 1 + further
    assert found[0].mend


def test_a_missing_table_is_one_fault_not_many(tiny):
    head, tail = tiny.split("[consent]")
    assert [fault.what for fault in faults_of(head)] == ["The programme has no table [consent]."]
    assert tail


def test_what_is_not_toml_is_told_with_its_line(tiny):
    (fault,) = faults_of(tiny.replace("bit = 0", "bit = "))
    assert fault.line == 10
    assert "not valid TOML" in fault.what


def test_a_key_given_twice_is_told_with_its_line(tiny):
    (fault,) = faults_of(tiny.replace("bit = 0", "bit = 0\nbit = 0"))
    assert fault.line == 11


def test_a_file_with_several_faults_tells_them_all_in_order(tiny):
    faults = faults_of(tiny.replace("bit = 0", "bit = 1").replace("days = 5", "days = 0").replace("PC", "pc"))
    assert [fault.line for fault in faults] == sorted(fault.line for fault in faults)
    assert len(faults) == 3


def test_an_empty_file_tells_what_a_programme_needs():
    missing = " ".join(fault.what for fault in faults_of(""))
    for needed in ("slug", "version", "[[category]]", "[[stage]]", "[consent]", "[deadlines]"):
        assert needed in missing


def test_data_kept_as_json_reads_as_the_file_did(tiny):
    assert programme_from(json.loads(json.dumps(tomllib.loads(tiny))), file="kept") == read(tiny)


words = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=60).filter(str.strip)


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(fr=words, de=words, it=words, en=words)
def test_labels_come_back_in_each_language_as_written(tiny, fr, de, it, en):
    label = ", ".join(
        f"{language} = {json.dumps(text, ensure_ascii=False)}"
        for language, text in {"fr": fr, "de": de, "it": it, "en": en}.items()
    )
    programme = read(tiny.replace('{ fr = "Petit cercle", de = "Kleiner Kreis" }', f"{{ {label} }}"))
    assert [programme.label.in_(language) for language in ("fr", "de", "it", "en")] == [
        text.strip() for text in (fr, de, it, en)
    ]


strings = st.lists(
    st.sampled_from(["a", "é", "[", "]", "{", "}", "#", ",", "=", "'", '\\"', "\\\\", " "])
).map("".join)
values = st.recursive(
    st.one_of(
        st.integers().map(str),
        strings.map(lambda s: f'"{s}"'),
        strings.map(lambda s: f'"""\n{s}\n{s}x"""'),
        st.sampled_from(["true", "1.5", "2026-11-22", "'[#'", "'''\n]\n'''"]),
    ),
    lambda inner: st.lists(inner, max_size=3).map(lambda items: "[" + ", # [\n".join(items) + "\n]"),
    max_leaves=6,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(values, min_size=1, max_size=6))
def test_keys_are_found_on_their_lines_whatever_their_values_hold(found):
    text = ""
    expected = {}
    for index, value in enumerate(found):
        text += '\n# a remark ] " {\n[[thing]]\n'
        expected["thing", index, "value"] = text.count("\n") + 1
        text += f"value = {value} # ['\n"
    tomllib.loads(text)
    lines = locate(text)
    assert {path: lines[path] for path in expected} == expected


@pytest.mark.parametrize(
    ("language", "expected"), [("fr", "Oui"), ("de", "Ja"), ("de-ch", "Ja"), ("it", "Oui"), ("rm", "Oui")]
)
def test_a_text_falls_back_to_french(language, expected):
    assert Localized("Oui", "Ja").in_(language) == expected


def test_placeholders_are_filled_and_what_is_unknown_stays_visible():
    text = Localized("Du {valid_from} au {valid_until}", "x")
    assert text.fill("fr", valid_from="1.1.2026") == "Du 1.1.2026 au {valid_until}"
