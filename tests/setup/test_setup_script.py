"""`packaging/setup.sh`: which Python it takes, what it installs, and what it says where it may not install."""

from pathlib import Path

import pytest


@pytest.mark.parametrize("version", ["3.9.2", "3.10.12", "3.14.0", "2.7.18"])
def test_refuses_another_python_by_name_with_the_next_step(checkout, version):
    python = checkout.python(version=version)

    done = checkout.setup()

    assert done.returncode == 1
    assert f"{python} is Python {version}" in done.stderr
    assert "needs Python 3.11, 3.12 or 3.13" in done.stderr
    assert "uv python install 3.13" in done.stderr
    assert not (checkout.folder / ".venv").exists()


def test_refusing_names_the_python_that_this_debian_offers(checkout):
    checkout.python(version="3.10.12")
    checkout.stand_in("apt-cache", '#!/bin/sh\n[ "$2" = python3.11 ]\n')

    assert "apt-get install python3.11 python3.11-venv" in checkout.setup().stderr


@pytest.mark.parametrize("version", ["3.11.0", "3.12.7", "3.13.5"])
def test_takes_python3_where_it_fits(checkout, version):
    python = checkout.python(version=version)
    checkout.python("python3.12", "3.12.1")

    done = checkout.setup()

    assert done.returncode == 0
    assert f"Making a Python {version} environment in .venv with {python}." in done.stdout


def test_passes_over_a_python_that_does_not_fit_and_a_placeholder_that_does_not_run(checkout):
    checkout.python(version="3.14.0")
    checkout.stand_in("python3.13", "#!/bin/sh\nexit 127\n")
    python = checkout.python("python3.12", "3.12.1")

    assert f"with {python}." in checkout.setup().stdout


def test_a_python_named_by_the_caller_is_taken_or_refused(checkout):
    checkout.python()
    named = checkout.python("snake", "3.13.1")
    checkout.variables["PYTHON"] = str(named)
    assert f"with {named}." in checkout.setup().stdout

    checkout.variables["PYTHON"] = "nowhere"
    done = checkout.setup()
    assert done.returncode == 1
    assert "PYTHON=nowhere does not run." in done.stderr


def test_without_rights_prints_the_exact_command_for_everything_missing_at_once(checkout):
    checkout.python(has_venv=False)
    checkout.libraries("libGL.so.1 libEGL.so.1 libxkbcommon.so.0 libfontconfig.so.1")

    done = checkout.setup()

    assert done.returncode == 1
    assert "su -c 'apt-get update && apt-get install libglib2.0-0 libdbus-1-3 python3-venv'" in done.stderr
    assert checkout.calls == []
    assert not (checkout.folder / ".venv").exists()


def test_the_venv_package_is_that_of_the_python_taken(checkout):
    checkout.python("python3.12", "3.12.1", has_venv=False)

    assert "apt-get install python3.12-venv'" in checkout.setup().stderr


def test_sudo_that_asks_for_a_password_is_named_but_not_waited_for(checkout):
    checkout.python(has_venv=False)
    checkout.stand_in("sudo", "#!/bin/sh\nexit 1\n")

    done = checkout.setup()

    assert done.returncode == 1
    assert "sudo apt-get update && sudo apt-get install python3-venv" in done.stderr
    assert checkout.calls == []


def test_sudo_without_a_password_installs_what_is_missing(checkout):
    checkout.python()
    checkout.comforts()
    checkout.libraries("")
    checkout.stand_in("sudo", '#!/bin/sh\n[ "$1" = -n ] || exec "$@"\n')

    done = checkout.setup()

    assert done.returncode == 0
    packages = "libglib2.0-0 libgl1 libegl1 libxkbcommon0 libfontconfig1 libdbus-1-3"
    assert f"Installing system packages: {packages}" in done.stdout
    assert checkout.calls[0].endswith(" update")
    assert checkout.calls[1].endswith(f" install --yes --no-install-recommends {packages}")


def test_the_administrator_gets_python_installed_where_there_is_none(checkout):
    checkout.administrator()
    checkout.comforts()

    done = checkout.setup()

    assert checkout.calls[-1].endswith(" python3 python3-venv")
    assert done.returncode == 1
    assert "Found: none" in done.stderr


def test_failing_to_install_shows_the_command(checkout):
    checkout.administrator()
    checkout.python(has_venv=False)
    checkout.stand_in("apt-get", "#!/bin/sh\nexit 100\n")

    done = checkout.setup()

    assert done.returncode == 1
    assert "could not be installed. By hand:" in done.stderr
    assert "apt-get install python3-venv" in done.stderr


@pytest.mark.parametrize("variable", ["DISPLAY", "WAYLAND_DISPLAY"])
def test_a_screen_asks_for_more_libraries(checkout, variable):
    checkout.python()
    checkout.comforts()
    assert checkout.setup().returncode == 0

    checkout.variables[variable] = ":0"
    done = checkout.setup()

    assert done.returncode == 1
    assert "libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0" in done.stderr


def test_base_goes_on_without_fonts_and_compiler(checkout):
    checkout.python()

    done = checkout.setup()

    assert done.returncode == 0
    assert "Recommended, not needed to go on" in done.stdout
    assert "apt-get install fonts-inter fonts-jetbrains-mono g++" in done.stdout


def test_the_tests_do_not(checkout):
    checkout.python()

    done = checkout.setup("all")

    assert done.returncode == 1
    assert "apt-get install fonts-inter fonts-jetbrains-mono g++" in done.stderr


def test_a_system_without_apt_is_told_what_is_needed_and_goes_on(checkout):
    checkout.python()
    checkout.libraries("")
    (checkout.tools / "apt-get").unlink()

    done = checkout.setup()

    assert done.returncode == 0
    assert "This system has no apt-get" in done.stdout
    assert "libegl1" in done.stdout


def test_only_what_the_locks_name_is_fetched(checkout):
    checkout.python()
    checkout.comforts()

    checkout.setup("all")

    installs = [call for call in checkout.calls if call.startswith("-m pip install")]
    project = installs.pop()
    assert "--editable ." in project
    assert "--no-deps" in project
    assert [call.split("--requirement ")[1].split()[0] for call in installs] == [
        "packaging/lock-build.txt",
        "packaging/lock-all.txt",
    ]
    assert all("--require-hashes" in call for call in installs)
    assert all("--no-build-isolation" in call for call in (installs[-1], project))


def test_bytecode_is_compiled_whatever_the_caller_set(checkout):
    checkout.python()
    checkout.variables["PYTHONDONTWRITEBYTECODE"] = "1"

    checkout.setup()

    assert checkout.calls[-1].startswith("-m compileall")
    assert all(call.endswith("[unset]") for call in checkout.calls)


def test_a_second_run_does_nothing_and_all_serves_base(checkout):
    checkout.python()
    checkout.comforts()
    checkout.setup("all")
    first = checkout.calls

    for packages in ("all", "base"):
        done = checkout.setup(packages)
        assert "up to date" in done.stdout
    assert checkout.calls == first


def test_base_grows_into_all(checkout):
    checkout.python()
    checkout.comforts()
    checkout.setup()

    assert "Ready:" in checkout.setup("all").stdout
    assert any("lock-all.txt" in call for call in checkout.calls)


@pytest.mark.skipif(Path("/usr/sbin/sshd").exists(), reason="this computer has the server")
@pytest.mark.parametrize("on_ci", [True, False])
def test_the_ssh_server_of_the_tests_is_for_ci_only(checkout, on_ci):
    checkout.administrator()
    checkout.python()
    checkout.comforts()
    checkout.variables |= {"CI": "true"} if on_ci else {}

    assert "Ready:" in checkout.setup("all").stdout
    assert any("openssh-server" in call for call in checkout.calls) == on_ci


@pytest.mark.parametrize("name", ["packaging/lock-base.txt", "packaging/lock-build.txt", "pyproject.toml"])
def test_a_changed_lock_installs_again_into_the_same_environment(checkout, name):
    checkout.python()
    checkout.setup()
    (checkout.folder / ".venv" / "kept").touch()

    changed = checkout.folder / name
    changed.write_text(changed.read_text() + "# changed\n")

    assert "Ready:" in checkout.setup().stdout
    assert (checkout.folder / ".venv" / "kept").exists()


def test_an_interrupted_installation_is_taken_up_again(checkout):
    checkout.python()
    checkout.setup()
    lock = checkout.folder / "packaging" / "lock-base.txt"
    original = lock.read_text()
    lock.write_text(original + "# changed\n")
    environment = checkout.folder / ".venv" / "bin" / "python"
    working = environment.read_text()
    environment.write_text(working.replace('"-m venv "*)', '"-m pip"*) exit 1 ;;\n    "-m venv "*)'))

    done = checkout.setup()
    assert done.returncode == 1
    assert "pip could not install the packages" in done.stderr

    lock.write_text(original)
    environment.write_text(working)
    assert "Ready:" in checkout.setup().stdout


def test_an_environment_made_elsewhere_is_made_anew(checkout):
    checkout.python()
    checkout.setup()
    moved = checkout.folder.with_name("moved")
    checkout.folder.rename(moved)
    checkout.folder = moved
    checkout.python()

    assert "Making a Python" in checkout.setup().stdout


def test_another_word_than_base_or_all_is_refused(checkout):
    done = checkout.setup("everything")

    assert done.returncode == 1
    assert "base|all" in done.stderr
