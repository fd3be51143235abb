"""The Makefile, `packaging/run.sh` and `.ci/run`."""

import pytest

EXAMPLE = "resources/examples/jet_tagger.codesign"
STUDIO = "#!/bin/sh\necho opened $*\n"


@pytest.fixture
def ready(checkout):
    """Return a checkout that is set up, with a studio that only says what it opens."""
    checkout.python()
    checkout.comforts()
    assert checkout.setup("all").returncode == 0
    studio = checkout.folder / ".venv" / "bin" / "codesign-studio"
    studio.write_text(STUDIO)
    studio.chmod(0o755)
    return checkout


def test_make_alone_lists_every_target(checkout):
    done = checkout.run("make")

    listed = {line.split()[1] for line in done.stdout.splitlines()}
    setting_up, checking = {"setup", "setup-all", "clean"}, {"test", "lint", "prove"}
    timing = {"bench", "bench-estimates", "bench-beside", "bench-rtl", "bench-finn"}
    packaging = {"package", "test-packages", "test-reproducible"}
    assert listed == setting_up | checking | timing | packaging | {"help", "run", "shots", "examples"}


def test_run_without_a_screen_says_so_and_how_to_get_a_picture(ready):
    done = ready.run("make", "run")

    assert done.returncode == 0
    assert "There is no screen here" in done.stdout
    assert f"codesign-studio screenshot {EXAMPLE} studio.png" in done.stdout
    assert "opened" not in done.stdout


def test_run_opens_the_example_on_a_screen(ready):
    ready.libraries(
        "libglib-2.0.so.0 libGL.so.1 libEGL.so.1 libxkbcommon.so.0 libfontconfig.so.1 libdbus-1.so.3 "
        "libxkbcommon-x11.so.0 libxcb-cursor.so.0 libxcb-icccm.so.4 libxcb-keysyms.so.1 libxcb-shape.so.0 "
        "libwayland-cursor.so.0 libwayland-egl.so.1"
    )
    ready.variables["DISPLAY"] = ":0"

    done = ready.run("make", "run")

    assert done.returncode == 0
    assert f"opened {EXAMPLE}" in done.stdout


@pytest.mark.parametrize(
    ("output", "status", "closing"),
    [
        ("....\n12 passed, 3 deselected in 4.50s", 0, "12 passed, 3 deselected in 4.50s"),
        ("F\n1 failed, 11 passed in 75.20s (0:01:15)\nmake: *** Error 1", 2, "1 failed, 11 passed in 75.20s (0:01:15)"),
        ("app/a.py:1: error: passed in vain\nmake: *** Error 1", 2, "make test stopped before pytest could finish."),
    ],
)
def test_ci_ends_with_the_closing_line_and_the_code_of_make_test(checkout, output, status, closing):
    checkout.stand_in("make", f"#!/bin/sh\n[ \"$*\" = test ] || exit 9\ncat <<'EOF'\n{output}\nEOF\nexit {status}\n")

    done = checkout.run(".ci/run")

    assert done.returncode == status
    assert done.stdout.splitlines()[-1] == closing
