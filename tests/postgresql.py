"""A PostgreSQL server of the tests' own, in a temporary folder."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path


def programs() -> Path | None:
    """The folder of the newest server's programs, None where none is installed."""
    folders = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/usr").glob("pgsql-*/bin")]
    found = sorted((f for f in folders if (f / "initdb").exists()), key=lambda f: _number(f.parent.name))
    if found:
        return found[-1]
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


@contextlib.contextmanager
def server(bin: Path) -> Iterator[str]:
    """Start a server and yield its address (of the database ``postgres``); stop it in the end."""
    folder = Path(tempfile.mkdtemp(prefix="diptych-postgresql-"))
    user, prefix = _who(folder)
    data, port = folder / "data", _free_port()

    def run(program: str, *arguments: str) -> None:
        subprocess.run(
            [*prefix, str(bin / program), *arguments], check=True, capture_output=True, cwd=folder, timeout=120
        )

    try:
        run("initdb", "-D", str(data), "-U", user, "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C.UTF-8")
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=40"
        run("pg_ctl", "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield f"postgresql://{user}@127.0.0.1:{port}/postgres"
        finally:
            run("pg_ctl", "-D", str(data), "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _who(folder: Path) -> tuple[str, list[str]]:
    """PostgreSQL does not run as root: then as its own user, or as nobody."""
    if os.getuid():
        return pwd.getpwuid(os.getuid()).pw_name, []
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            account = pwd.getpwnam(name)
            os.chown(folder, account.pw_uid, account.pw_gid)
            return name, ["setpriv", f"--reuid={name}", f"--regid={account.pw_gid}", "--clear-groups"]
    raise RuntimeError("no user to run PostgreSQL as")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _number(name: str) -> int:
    return int("".join(c for c in name if c.isdigit()) or 0)
