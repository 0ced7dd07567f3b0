"""Programme files become versions that cases can rely on."""

from __future__ import annotations

import pytest
from django.core.checks import run_checks

from accord.foundation.journal.models import Entry
from accord.network.programmes.models import ProgrammeVersion
from accord.network.programmes.selectors import (
    current_programme,
    current_programmes,
    findings,
    forget_read_programmes,
    natural,
    programme_for,
    versions_of,
)
from accord.network.programmes.services import Faulty, load_definitions

pytestmark = pytest.mark.django_db


def test_the_three_programmes_are_loaded_and_journalled():
    loaded = load_definitions(folders=[])
    assert [row.slug for row in loaded] == ["cii-geneve", "cii-plus", "cii-valais"]
    assert [programme.slug for programme in current_programmes()] == ["cii-geneve", "cii-plus", "cii-valais"]
    assert Entry.objects.filter(verb="loaded", subject_kind="programme").count() == 3


def test_loading_twice_changes_nothing():
    first = load_definitions(folders=[])
    again = load_definitions(folders=[])
    assert [row.pk for row in again] == [row.pk for row in first]
    assert Entry.objects.filter(verb="loaded").count() == 3


def test_an_operators_own_file_works_without_code(own_folder):
    load_definitions(folders=[own_folder])
    programme = current_programme("petit-cercle")
    assert programme.stage("work").gates == ("consent.active",)
    assert programme.category("housing").mask == 1 << 16


def test_the_settings_name_the_operators_folder(own_folder, settings):
    settings.ACCORD_PROGRAMMES_DIR = own_folder
    assert "petit-cercle" in [row.slug for row in load_definitions()]


def test_a_new_version_becomes_current_and_the_old_one_stays_readable(own_folder, tiny):
    load_definitions(folders=[own_folder])
    changed = tiny.replace('version = "1"', 'version = "10"').replace("Kleiner Kreis", "Runder Kreis")
    (own_folder / "petit-cercle.toml").write_text(changed, encoding="utf-8")
    (own_folder / "second.toml").write_text(tiny.replace('version = "1"', 'version = "9"'), encoding="utf-8")
    load_definitions(folders=[own_folder])
    assert current_programme("petit-cercle").version == "10"
    assert programme_for("petit-cercle", "1").label.de == "Kleiner Kreis"
    assert [row.version for row in versions_of("petit-cercle")] == ["10", "9", "1"]
    assert ProgrammeVersion.objects.filter(slug="petit-cercle", is_current=True).count() == 1


def test_the_content_of_a_loaded_version_may_not_change(own_folder, tiny):
    load_definitions(folders=[own_folder])
    (own_folder / "petit-cercle.toml").write_text(tiny.replace("days = 5", "days = 6"), encoding="utf-8")
    with pytest.raises(Faulty) as refused:
        load_definitions(folders=[own_folder])
    (fault,) = refused.value.faults
    assert (fault.line, fault.mend) == (2, "Cases may run under it: raise the version.")
    forget_read_programmes()
    assert programme_for("petit-cercle", "1").stage("announcement").days == 5


def test_a_remark_in_a_file_is_no_change_of_its_content(own_folder, tiny):
    load_definitions(folders=[own_folder])
    (own_folder / "petit-cercle.toml").write_text(f"# a remark\n{tiny}", encoding="utf-8")
    load_definitions(folders=[own_folder])


def test_an_operators_file_outranks_the_one_that_comes_with_accord(own_folder, tiny):
    text = tiny.replace('slug = "petit-cercle"', 'slug = "cii-plus"')
    (own_folder / "petit-cercle.toml").write_text(text, encoding="utf-8")
    load_definitions(folders=[own_folder])
    assert current_programme("cii-plus").version == "1"
    assert [row.version for row in versions_of("cii-plus")] == ["1", "2026.2"]


def test_one_faulty_file_and_nothing_is_loaded(own_folder):
    (own_folder / "broken.toml").write_text("slug = ", encoding="utf-8")
    with pytest.raises(Faulty):
        load_definitions(folders=[own_folder])
    assert not ProgrammeVersion.objects.exists()


def test_a_version_that_was_never_loaded_is_unknown():
    load_definitions(folders=[])
    with pytest.raises(ProgrammeVersion.DoesNotExist):
        programme_for("cii-geneve", "1999")
    with pytest.raises(ProgrammeVersion.DoesNotExist):
        current_programme("cii-jura")


def test_a_version_is_read_from_the_database_once(django_assert_num_queries):
    load_definitions(folders=[])
    forget_read_programmes()
    with django_assert_num_queries(1):
        first = programme_for("cii-geneve", "2026.2")
    with django_assert_num_queries(0):
        assert programme_for("cii-geneve", "2026.2") is first


def test_versions_sort_as_people_count():
    assert sorted(["2026.10", "2026.2", "2025.9", "2026.2-ge1"], key=natural) == [
        "2025.9",
        "2026.2",
        "2026.2-ge1",
        "2026.10",
    ]


def test_faults_are_found_at_start(own_folder, tiny, settings):
    settings.ACCORD_PROGRAMMES_DIR = own_folder
    assert not findings()
    (own_folder / "petit-cercle.toml").write_text(tiny.replace("bit = 16", "bit = 4"), encoding="utf-8")
    (fault,) = findings()
    assert fault.file.endswith("petit-cercle.toml")
    (error,) = [message for message in run_checks() if message.id == "programmes.E001"]
    assert error.obj == f"{own_folder / 'petit-cercle.toml'}:17"
    assert error.hint == "Take a bit from 16 to 30."


def test_a_folder_that_is_not_there_is_told(tmp_path, settings):
    settings.ACCORD_PROGRAMMES_DIR = tmp_path / "nowhere"
    (fault,) = findings()
    assert fault.file == str(tmp_path / "nowhere")
    assert "ACCORD_PROGRAMMES_DIR" in fault.mend


def test_a_file_that_is_not_utf_8_is_told(own_folder, settings):
    settings.ACCORD_PROGRAMMES_DIR = own_folder
    (own_folder / "latin.toml").write_bytes('slug = "é"'.encode("latin-1"))
    (fault,) = findings()
    assert fault.mend == "Save it as UTF-8."
