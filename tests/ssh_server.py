"""A real SSH server of the tests' own: on this computer only, on a free port, with keys that are thrown away."""

import getpass
import os
import socket
import subprocess
from contextlib import contextmanager
from pathlib import Path

SSHD = Path("/usr/sbin/sshd")
_PRIVILEGES = Path("/run/sshd")
"""A folder that sshd asks for when root starts it. It stays: another run of the tests may need it by now."""


def is_there():
    """Whether a server can be started here."""
    return SSHD.is_file() and Path("/usr/bin/ssh").is_file()


class Server:
    """A running server; `config` is a client configuration that calls it `synth`."""

    def __init__(self, folder):
        self.folder, self.port, self.config = folder, free_port(), folder / "client"
        for name in ("host", "key"):
            make_key(folder / name)
        (folder / "authorized").write_text((folder / "key.pub").read_text())
        self.know(folder / "host.pub")
        self._write_client()

    def know(self, public_key):
        """Let the client know the server by a key."""
        kind, key, *_ = public_key.read_text().split()
        (self.folder / "known").write_text(f"[127.0.0.1]:{self.port} {kind} {key}\n")

    def forget(self):
        """Let the client meet the server for the first time."""
        (self.folder / "known").unlink()

    def remote(self, **more):
        """The job's argument for this server."""
        room = self.folder / "room"
        return {"kind": "ssh", "host": "synth", "config": str(self.config), "folder": str(room), **more}

    def client(self):
        """A folder for the search path: `ssh` there is the real one, with the configuration of these tests."""
        folder = self.folder / "client-bin"
        folder.mkdir(exist_ok=True)
        command = folder / "ssh"
        command.write_text(f'#!/bin/sh\nexec /usr/bin/ssh -F {self.config} "$@"\n')
        command.chmod(0o755)
        return folder

    def rooms(self):
        """What the jobs have left on the server."""
        return sorted((self.folder / "room").glob("*"))

    def _write_client(self):
        self.config.write_text(
            f"Host synth\n HostName 127.0.0.1\n Port {self.port}\n User {getpass.getuser()}\n"
            f" IdentityFile {self.folder}/key\n IdentitiesOnly yes\n SendEnv CODESIGN_STANDIN*\n"
            f" UserKnownHostsFile {self.folder}/known\n GlobalKnownHostsFile /dev/null\n"
        )

    def settings(self):
        """The server's own configuration."""
        return (
            f"ListenAddress 127.0.0.1\nPort {self.port}\nHostKey {self.folder}/host\nPidFile none\n"
            f"AuthorizedKeysFile {self.folder}/authorized\nStrictModes no\nUsePAM no\nPasswordAuthentication no\n"
            "PermitRootLogin prohibit-password\nAcceptEnv CODESIGN_STANDIN*\n"
        )


@contextmanager
def ssh_server(folder):
    """A server for as long as the context lasts."""
    server = Server(folder)
    settings = folder / "sshd_config"
    settings.write_text(server.settings())
    if os.geteuid() == 0:
        _PRIVILEGES.mkdir(mode=0o755, exist_ok=True)
    process = subprocess.Popen([SSHD, "-D", "-e", "-f", settings], stderr=subprocess.PIPE, text=True)
    try:
        _wait_until_it_listens(process)
        yield server
    finally:
        process.terminate()
        process.communicate()


def _wait_until_it_listens(process):
    said = []
    for line in process.stderr:
        said.append(line)
        if "Server listening" in line:
            return
    raise AssertionError("".join(said))


def make_key(path):
    """A key pair without a passphrase."""
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", path], check=True, stdin=subprocess.DEVNULL)


def free_port():
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
