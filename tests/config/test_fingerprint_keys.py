"""The operator's keys of the fingerprints: how they are given, and what is refused."""

from __future__ import annotations

import pytest

from accord.cli import main
from accord.config import environment
from accord.config.check import production_findings

LONG, OTHER = "s" * 32, "t" * 40


def test_the_current_key_comes_first(monkeypatch):
    monkeypatch.setenv("ACCORD_FINGERPRINT_KEYS", f"2:{LONG}, 1:{OTHER}")
    assert environment.fingerprint_keys() == ((2, LONG.encode()), (1, OTHER.encode()))


def test_the_keys_may_lie_in_a_file(monkeypatch, tmp_path):
    (tmp_path / "keys").write_text(f"2:{LONG}\n1:{OTHER}\n")
    monkeypatch.setenv("ACCORD_FINGERPRINT_KEYS", str(tmp_path / "keys"))
    assert [version for version, _secret in environment.fingerprint_keys()] == [2, 1]
    monkeypatch.setenv("ACCORD_FINGERPRINT_KEYS", str(tmp_path / "nowhere"))
    with pytest.raises(SystemExit, match="cannot be read"):
        environment.fingerprint_keys()


@pytest.mark.parametrize(
    "given", [LONG, f"0:{LONG}", f"x:{LONG}", "1:short", f"1:{LONG},1", f"1:{LONG},1:{OTHER}"]
)
def test_a_key_without_version_too_short_or_twice_is_refused(monkeypatch, given):
    monkeypatch.setenv("ACCORD_FINGERPRINT_KEYS", given)
    with pytest.raises(SystemExit, match="ACCORD_FINGERPRINT_KEYS"):
        environment.fingerprint_keys()


def test_the_demo_keeps_a_key_of_its_own(monkeypatch, tmp_path):
    monkeypatch.setenv("ACCORD_MODE", "demo")
    monkeypatch.setenv("ACCORD_STATE_DIR", str(tmp_path))
    monkeypatch.delenv("ACCORD_FINGERPRINT_KEYS", raising=False)
    assert environment.fingerprint_keys() == environment.fingerprint_keys()
    assert len(environment.fingerprint_keys()) == 1


def test_production_does_not_start_without_a_key(settings):
    settings.ACCORD_FINGERPRINT_KEYS = ()
    assert any("ACCORD_FINGERPRINT_KEYS" in finding.sentence for finding in production_findings())


def test_rotate_is_a_command(capsys):
    with pytest.raises(SystemExit) as asked:
        main(["fingerprints", "--help"])
    assert asked.value.code == 0
    assert "rotate" in capsys.readouterr().out
