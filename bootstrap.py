#!/usr/bin/env python3
"""From a fresh clone to a running Accord, with nothing but Python and pip: see the Makefile.

Standard library only. It fetches uv into .tools (no virtual environment, no root), lets uv install the locked
dependencies into .venv, and starts what was asked.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent
BIN = ROOT / ".venv" / "bin"
OLDEST_PYTHON = (3, 11)
UV_VERSION = "0.13.9"
CERTIFICATES = (Path("/etc/ssl/certs/ca-certificates.crt"), Path("/etc/pki/tls/certs/ca-bundle.crt"))
SYSTEM_PACKAGES = {"chromium": ("chromium", "chromium-browser", "google-chrome"), "gettext": ("msgfmt",)}
STEPS = (
    ("Formatting", ["ruff", "format", "--check", "src", "tests", "bench", "bootstrap.py"]),
    ("Lint", ["ruff", "check", "src", "tests", "bench", "bootstrap.py"]),
    ("Templates", ["djlint", "src/accord", "--lint", "--quiet"]),
    ("Types", ["mypy"]),
    ("Import contracts", ["lint-imports"]),
    ("Migrations", ["accord", "check", "--migrations"]),
    ("Tests, in pages and stories too", ["pytest", "-n", "2", "--dist", "loadgroup"]),
)


def say(sentence: str) -> None:
    """Write one line at once."""
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


def environment() -> dict[str, str]:
    """Only this Python and this folder's dependencies; the system's certificates, as a house proxy needs."""
    kept = {name: value for name, value in os.environ.items() if name not in ("VIRTUAL_ENV", "PYTHONHOME")}
    if any(bundle.exists() for bundle in CERTIFICATES):
        kept.setdefault("UV_SYSTEM_CERTS", "true")
    return kept | {
        "UV_PYTHON_DOWNLOADS": "never",
        "UV_PYTHON": getattr(sys, "_base_executable", sys.executable),
        "UV_PROJECT_ENVIRONMENT": str(ROOT / ".venv"),
        "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
    }


def uv(*arguments: str) -> None:
    """Run uv, fetched first if it is missing: `pip --target` needs neither root nor the venv module."""
    folder = ROOT / ".tools" / f"uv-{UV_VERSION}"
    program = folder / "bin" / "uv"
    if not program.exists():
        if not find_spec("pip"):
            say("pip is missing: install it (Debian: apt-get install python3-pip).")
            sys.exit(1)
        say(f"Fetching uv {UV_VERSION} into .tools…")
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
        must([*pip, "--root-user-action=ignore", "--upgrade", "--target", str(folder), f"uv=={UV_VERSION}"])
    must([str(program), *arguments])


def must(command: list[str]) -> None:
    """Run a command without which nothing can go on."""
    code = subprocess.call(command, cwd=ROOT, env=environment())
    if code:
        say(f"This did not work, so nothing was started: {' '.join(command)}")
        sys.exit(code)


def become(command: list[str]) -> None:
    """Hand over to the program: Ctrl-C and stops reach it and nobody else."""
    os.chdir(ROOT)
    os.execve(BIN / command[0], command, environment())  # noqa: S606


def run(arguments: list[str]) -> None:
    """Install what runs, without the tools of the developers, and hand over to `accord`."""
    uv("sync", "--locked", "--no-dev", "--inexact", "--extra", "embedded", "--quiet")
    become(["accord", *arguments])


def bench(arguments: list[str]) -> None:
    """Measure in a folder of its own, so that the demo keeps its data."""
    uv("sync", "--locked", "--extra", "embedded", "--quiet")
    os.environ.setdefault("ACCORD_STATE_DIR", str(ROOT / ".accord-bench"))
    become(["python", "-m", "bench", *arguments])


def test() -> int:
    """Install everything, run every step, and say at the end which ones failed."""
    say("── Locked dependencies")
    uv("sync", "--locked", "--extra", "embedded")
    say("── System packages")
    install_system_packages()
    failed = []
    for title, command in STEPS:
        say(f"── {title}: {' '.join(command)}")
        if subprocess.call([str(BIN / command[0]), *command[1:]], cwd=ROOT, env=environment()):
            failed.append(title)
    say(f"── Failed: {', '.join(failed)}" if failed else f"── All {len(STEPS)} steps passed")
    return 1 if failed else 0


def install_system_packages() -> None:
    """Install the browser and gettext if they are missing and we may; otherwise say how."""
    missing = [name for name, programs in SYSTEM_PACKAGES.items() if not any(map(shutil.which, programs))]
    if not missing:
        say("Chromium and gettext are here.")
        return
    install = ["apt-get", "install", "--yes", "--no-install-recommends", *missing]
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        say(f"Missing: {' and '.join(missing)}. What needs them is not run; install them with")
        say(f"    sudo apt-get update && sudo {' '.join(install)}")
        return
    say(f"Installing {' and '.join(missing)} from Debian…")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "--quiet=2"], [*install, "--quiet=2"]):
        if subprocess.call(command, env=quiet, stdout=subprocess.DEVNULL):
            say(f"This did not work: {' '.join(command)}")
            return


def main(arguments: list[str]) -> int:
    """Do what was asked."""
    if sys.version_info < OLDEST_PYTHON:
        say(
            f"Accord needs Python 3.11 or newer; this is {sys.version.split()[0]} (make … PYTHON=python3.12)."
        )
        return 1
    wish = arguments[0] if arguments else ""
    if wish == "test":
        return test()
    if wish == "bench":
        bench(arguments[1:])
    elif wish == "lock":
        uv("lock", "--upgrade")
    elif wish in ("demo", "check"):
        run(arguments)
    else:
        say("python3 bootstrap.py demo [--reset] | test | bench | check | lock")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
