"""The PostgreSQL of the demo and of the tests: whom it lets in, and how it survives what happens to it."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from accord.config.embedded import EmbeddedServer, Unavailable, binaries, database_at_hand, server
from accord.config.embedded.binaries import Binaries, choose_binaries

RUN_UNTIL_KILLED = """
import sys, time
from pathlib import Path
from accord.config.embedded import EmbeddedServer
EmbeddedServer(Path(sys.argv[1])).start()
print("ready", flush=True)
time.sleep(600)
"""


@pytest.fixture
def sentences() -> list[str]:
    return []


@pytest.fixture
def make(state_folder: Path, sentences: list[str]) -> Iterator[Callable[[], EmbeddedServer]]:
    made: list[EmbeddedServer] = []

    def make_server() -> EmbeddedServer:
        made.append(EmbeddedServer(state_folder, tell=sentences.append))
        return made[-1]

    yield make_server
    for one in made:
        one.stop()


def ask(url: str, question: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(question).fetchone()
        return row[0] if row else None


def wheel_only() -> list[Binaries]:
    return [binaries._asked(folder) for folder in binaries._wheel()]


def installed_only() -> list[Binaries]:
    return [one for one in binaries._candidates() if one.folder.is_relative_to(binaries.INSTALLED_SERVERS)]


@pytest.mark.parametrize("kind", [wheel_only, installed_only])
def test_each_kind_of_server_serves_and_keeps_its_data(
    kind: Callable[[], list[Binaries]],
    make: Callable[[], EmbeddedServer],
    sentences: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = kind()
    if not found:
        pytest.skip("this kind of PostgreSQL is not here")
    monkeypatch.setattr(binaries, "_candidates", lambda: found)
    postgres = make()
    with postgres:
        with psycopg.connect(postgres.owner_url()) as connection:
            for extension in ("pg_trgm", "unaccent", "btree_gist", "btree_gin"):
                connection.execute(f"create extension {extension}")
            connection.execute("create table kept (word text)")
            connection.execute("insert into kept values ('Émile')")
        assert ask(postgres.owner_url(), "select count(*) from kept where word ~* 'é'") == 1
        assert ask(postgres.owner_url(), "show fsync") == "on"
    with make() as again:
        assert ask(again.owner_url(), "select word from kept") == "Émile"
    assert sentences == []


def test_roles_are_those_of_a_real_installation(make: Callable[[], EmbeddedServer]) -> None:
    with make() as postgres:
        with psycopg.connect(postgres.owner_url()) as connection:
            connection.execute("create table secret (word text)")
        for url, group in ((postgres.web_url(), "accord_app"), (postgres.worker_url(), "accord_worker")):
            assert ask(url, f"select pg_has_role('{group}', 'member')") is True
            assert ask(url, "select rolsuper or rolcreatedb or rolcreaterole or rolbypassrls"
                            " from pg_roles where rolname = current_user") is False  # fmt: skip
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                ask(url, "select word from secret")
        assert ask(postgres.web_url(), "select pg_has_role('accord_worker', 'member')") is False


def test_nobody_enters_without_the_password(make: Callable[[], EmbeddedServer]) -> None:
    with make() as postgres:
        right = postgres.state.secret("accord_web")
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(postgres.web_url().replace(right, "wrong"))
        for path in postgres.state.path.glob("*.secret"):
            assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_killed_run_is_repaired_with_one_sentence(
    state_folder: Path, make: Callable[[], EmbeddedServer], sentences: list[str]
) -> None:
    run = subprocess.Popen([sys.executable, "-c", RUN_UNTIL_KILLED, state_folder], stdout=subprocess.PIPE)
    assert run.stdout and run.stdout.readline() == b"ready\n"
    left_alone = EmbeddedServer(state_folder)
    with psycopg.connect(left_alone.owner_url()) as connection:
        connection.execute("create table kept (word text)")
    run.kill()
    run.wait()
    run.stdout.close()
    with make() as postgres:
        assert ask(postgres.owner_url(), "select count(*) from kept") == 0
    assert sentences == [
        f"The previous run (process {run.pid}) was killed: its database server was still running"
        " and has been stopped, and nothing is lost."
    ]


def test_a_stale_lock_that_names_a_stranger_is_removed_with_one_sentence(
    state_folder: Path, make: Callable[[], EmbeddedServer], sentences: list[str]
) -> None:
    with make():
        pass
    with subprocess.Popen(["sleep", "600"]) as stranger:
        data = make()._data
        (data / "postmaster.pid").write_text(f"{stranger.pid}\n{data}\n0\n5432\n\n127.0.0.1\n0 0\nready   \n")
        with make():
            assert stranger.poll() is None
        stranger.terminate()
    assert sentences == [
        "The database was not stopped in order: the stale lock of its database has been removed,"
        " and nothing is lost."
    ]


def test_a_second_run_on_the_same_folder_is_refused_with_the_process_of_the_first(
    make: Callable[[], EmbeddedServer],
) -> None:
    with make() as first:
        with pytest.raises(Unavailable, match=rf"already runs on .* \(process {os.getpid()}\)"):
            make().start()
        with pytest.raises(Unavailable, match="already runs"):
            make().destroy()
        assert ask(first.web_url(), "select 1") == 1


def test_a_server_that_dies_comes_back_under_the_same_address(make: Callable[[], EmbeddedServer]) -> None:
    with make() as postgres:
        before = postgres.web_url()
        assert postgres._process is not None
        postgres._process.send_signal(signal.SIGKILL)
        postgres._process.wait()
        assert not postgres.is_alive()
        postgres.restart()
        assert postgres.web_url() == before
        assert ask(before, "select 1") == 1


def test_data_of_another_version_say_how_to_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "_candidates", lambda: [Binaries(Path("/somewhere"), 15)])
    with pytest.raises(Unavailable, match=r"made by PostgreSQL 18 and only PostgreSQL 15 .*demo-reset"):
        choose_binaries(data_major=18)


def test_data_keep_their_version_when_several_are_here(monkeypatch: pytest.MonkeyPatch) -> None:
    here = [Binaries(Path("/fifteen"), 15), Binaries(Path("/eighteen"), 18)]
    monkeypatch.setattr(binaries, "_candidates", lambda: here)
    assert choose_binaries(data_major=18) == here[1]
    assert choose_binaries() == here[0]


def test_lost_passwords_are_told_and_no_trace_is_left(
    state_folder: Path, make: Callable[[], EmbeddedServer]
) -> None:
    with make():
        pass
    (state_folder / "superuser.secret").unlink()
    postgres = make()
    with pytest.raises(Unavailable, match="do not open the data"):
        postgres.start()
    assert not postgres.is_alive()
    assert not postgres.state.is_taken()


def test_starting_over_removes_only_what_accord_made(
    state_folder: Path, make: Callable[[], EmbeddedServer]
) -> None:
    with make():
        pass
    make().destroy()
    assert not state_folder.exists()
    state_folder.mkdir()
    (state_folder / "letter.txt").write_text("mine")
    with pytest.raises(Unavailable, match="was not made by Accord"):
        make().destroy()
    assert (state_folder / "letter.txt").read_text() == "mine"


def test_an_emptied_database_belongs_to_the_owner_again(make: Callable[[], EmbeddedServer]) -> None:
    with make() as postgres:
        with psycopg.connect(postgres.owner_url()) as connection:
            connection.execute("create table gone (word text)")
        postgres.empty_database()
        assert ask(postgres.owner_url(), "select to_regclass('gone')") is None


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's server runs under another account")
def test_a_folder_closed_to_the_server_stays_closed(
    state_folder: Path,
    make: Callable[[], EmbeddedServer],
    sentences: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(server, "ELSEWHERE", state_folder.parent / "elsewhere")
    state_folder.mkdir(mode=0o700)
    with make() as postgres:
        assert ask(postgres.owner_url(), "select 1") == 1
        assert len(list((state_folder.parent / "elsewhere").iterdir())) == 1
    assert stat.S_IMODE(state_folder.stat().st_mode) == 0o700
    assert len(sentences) == 1
    assert "is closed to the account" in sentences[0]
    make().destroy()
    assert list((state_folder.parent / "elsewhere").iterdir()) == []


def test_the_log_holds_no_statement_and_no_value(make: Callable[[], EmbeddedServer]) -> None:
    with make() as postgres:
        with psycopg.connect(postgres.owner_url()) as connection:
            connection.execute("create table person (number text unique)")
            connection.execute("insert into person values ('756.1234.5678.97')")
            with pytest.raises(psycopg.errors.UniqueViolation):
                connection.execute("insert into person values ('756.1234.5678.97')")
        log = postgres.log.read_text()
    assert "duplicate key" in log
    assert "756" not in log


def test_a_command_borrows_the_database_of_the_running_demo(
    state_folder: Path, make: Callable[[], EmbeddedServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("ACCORD_STATE_DIR", str(state_folder))
    with make() as postgres:
        with database_at_hand():
            assert os.environ["DATABASE_URL"] == postgres.web_url()
        assert postgres.is_alive()
    assert "DATABASE_URL" not in os.environ
    with database_at_hand():
        assert ask(os.environ["DATABASE_OWNER_URL"], "select current_user") == "accord_owner"
    assert not make().state.is_taken()


def test_a_configured_database_is_left_as_it_is(state_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACCORD_STATE_DIR", str(state_folder))
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/accord")
    with database_at_hand():
        assert os.environ["DATABASE_URL"] == "postgresql://elsewhere/accord"
    assert not state_folder.exists()
