"""Computers as values: what is typed is judged, nothing typed becomes an option or a command."""

import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.computers import (
    WSL,
    Computer,
    computer_from_json,
    computer_to_json,
    listed,
    trouble_in,
    usable,
)
from engine.computers.connection import trouble
from engine.computers.scripts import NO_SETUP, quoted, with_setup
from engine.computers.shells import Ssh
from engine.environment import State
from engine.jobs.errors import JobError
from tests.wsl import install_wsl

TYPED = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40)
COMPUTERS = st.builds(
    Computer,
    TYPED,
    st.sampled_from(["ssh", "wsl", "pigeon"]),
    TYPED | st.sampled_from(["-oProxyCommand=x", "ada@host", "-v@host", "host", "ada@-host", "a b", "x;y", "$(x)"]),
    st.integers(0, 65_535),
    *[TYPED] * 4,
)


@given(COMPUTERS)
def test_a_computer_is_stored_and_read_back(computer):
    assert computer_from_json(computer_to_json(computer)) == computer


@pytest.mark.parametrize("value", [None, 3, [], {}, {"name": 3}, {"host": "x"}])
def test_what_is_no_computer_is_left_out(value):
    assert computer_from_json(value) is None


@pytest.mark.parametrize("port", [-1, 65_536, True, 2.5, "22", None])
def test_what_is_no_port_is_the_usual_one(port):
    assert computer_from_json({"name": "a", "port": port}) == Computer("a")


def test_fields_of_the_wrong_kind_take_their_default():
    read = computer_from_json({"name": "a", "host": ["-x"], "port": "22", "key": None, "password": "y"})
    assert read == Computer("a")


@given(COMPUTERS)
def test_whatever_is_typed_never_becomes_an_option_of_ssh(computer):
    """Either something is said to be wrong, or the host stands behind `--` and begins like a name."""
    if trouble_in(computer):
        with pytest.raises(JobError):
            computer.shell()
        return
    command = computer.shell().command("true")
    if computer.kind == WSL:
        assert command[0] == "wsl.exe"
        assert computer.host == "" or command[1:3] == ["-d", computer.host]
        assert not computer.host.startswith("-")
    else:
        assert command[-3] == "--"
        assert command[-2] == computer.host.rpartition("@")[2]
        assert not command[-2].startswith("-")
        user = computer.host.rpartition("@")[0]
        assert not user or command[command.index("-l") + 1] == user
        assert not user.startswith("-")


@pytest.mark.parametrize(
    ("computer", "field", "words"),
    [
        (Computer("", host="a"), "name", "Give it a name"),
        (Computer("a"), "host", "user@host"),
        (Computer("a", host="-oProxyCommand=x"), "host", "is not the name of a computer"),
        (Computer("a", host="-l@b"), "host", "is not a user's name"),
        (Computer("a", host="b", tools="-rf"), "tools", "begins with /"),
        (Computer("a", host="b", setup="settings64.sh"), "setup", "begins with /"),
        (Computer("a", host="b", folder="work"), "folder", "begins with /"),
        (Computer("a", host="b", key="k\ny"), "key", "cannot be typed"),
        (Computer("a", "pigeon", "b"), "kind", "no way"),
        (Computer("a", WSL, "--exec"), "host", "not the name of a Linux distribution"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(computer, field, words):
    found = trouble_in(computer)
    assert list(found) == [field]
    assert words in found[field]


def test_only_sound_computers_are_used_each_name_once():
    first, again = Computer("a", host="x"), Computer("a", host="y")
    assert usable((first, Computer("b", host="-x"), again)) == (first,)


def test_windows_own_linux_is_there_without_being_named(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(install_wsl(tmp_path)))
    assert usable(()) == (Computer("WSL", WSL),)
    own = Computer("Debian", WSL, "Debian")
    assert usable((own,)) == (own,)


def test_the_doctor_lists_them_without_a_call():
    good, bad = listed((Computer("a", host="ada@x", port=2222), Computer("b", host="-x")))
    assert (good.state, good.title) == (State.OK, "Tools on a")
    assert good.detail.startswith("ada@x over SSH, port 2222")
    assert (bad.state, bad.remedy) == (State.WARN, "Correct it in Preferences, Computers.")


def sh(script, *, home="/home/ada", source=""):
    return subprocess.run(
        ["sh", "-c", script],
        env={"HOME": str(home), "PATH": "/usr/bin:/bin"},
        input=source,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("path", ["/a b", "~/x y", "/$(touch x)", "/`id`", "/a'b\"c", "~/'; id; '", "-x", "/a\\b"])
def test_a_path_stays_one_word_of_sh(path):
    home = path.replace("~", "/home/ada", 1) if path.startswith("~/") else path
    assert sh(f"printf %s {quoted(path)}").stdout == home


def test_a_set_up_script_prepares_what_runs_after_it(tmp_path):
    """It is bash's own language, gets no arguments and no input, and its words are no answers."""
    setup = tmp_path / "settings 64.sh"
    setup.write_text('cat; echo noise; [[ $# = 0 ]] && declare -x TOOL="at $(basename "${BASH_SOURCE[0]}")"\n')
    done = sh(with_setup('printf "%s|" "$TOOL"; cat', str(setup)), source="input")
    assert (done.stdout, done.stderr) == ("at settings 64.sh|input", "noise\n")
    home = sh(with_setup('printf %s "$TOOL"', "~/settings 64.sh"), home=tmp_path)
    assert home.stdout == "at settings 64.sh"
    assert sh(with_setup("true", "/nowhere")).returncode == NO_SETUP


def test_what_to_type_names_user_and_port():
    said = str(trouble(Ssh("build", "ada", 2222), "Permission denied (publickey)."))
    assert "`ssh-copy-id -p 2222 ada@build`" in said
    said = str(trouble(Ssh("build", "ada", 2222), "No ED25519 host key is known for [build]:2222"))
    assert "`ssh -p 2222 ada@build`" in said
    said = str(trouble(Ssh("build", "ada", 2222), "REMOTE HOST IDENTIFICATION HAS CHANGED"))
    assert "`ssh-keygen -R '[build]:2222'`" in said


@pytest.mark.parametrize("shell", ["sh", "bash", "zsh", "tcsh", "fish"])
@pytest.mark.parametrize("login", [True, False])
def test_every_users_shell_runs_the_script(shell, login, tmp_path):
    """As sshd does it: the user's shell is given the line."""
    path = shutil.which(shell)
    if path is None:
        pytest.skip(f"{shell} is not installed here")
    script = """x='a  "b"'; printf %s "$x \\ $HOME|"; cat"""
    line = Ssh("build").command(script, login=login)[-1]
    around = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "SHELL": path}
    done = subprocess.run([path, "-c", line], env=around, input="in", capture_output=True, text=True, check=True)
    assert done.stdout.endswith(f'a  "b" \\ {tmp_path}|in')
