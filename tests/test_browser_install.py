"""``tests/browser/install.sh``: a browser for the tests of the page, or a loud word that there is none."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parent / "browser" / "install.sh"


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """Give a folder that is all of PATH, in which ``id`` says that one is root."""
    folder = tmp_path / "bin"
    folder.mkdir()
    put(folder, "id", "echo 0")
    return folder


def put(folder: Path, name: str, script: str) -> None:
    """Put a program of that name into *folder*."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def apt_get(folder: Path, *, update: int = 0, install: str = "") -> None:
    """Put an ``apt-get`` into *folder* that notes its calls, fails to *update* with that code, and installs so."""
    put(
        folder,
        "apt-get",
        f'echo "$*" >> "{folder.parent}/calls"\nif [ "$1" = update ]; then exit {update}; fi\n{install}',
    )


def make_browser(folder: Path) -> str:
    """Return what makes a browser in *folder*."""
    return f'{{ echo "#!/bin/sh" > "{folder}/chromium"; /bin/chmod +x "{folder}/chromium"; }}'


def install(programs: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the script with these programs alone."""
    return subprocess.run(
        ["/bin/sh", SCRIPT],
        env={"PATH": str(programs), **environment},
        input="yes\n",
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def calls(programs: Path) -> list[str]:
    """Return what ``apt-get`` was asked to do."""
    path = programs.parent / "calls"
    return [line.split()[0] for line in path.read_text().splitlines()] if path.exists() else []


@pytest.mark.parametrize("name", ["chromium", "chromium-browser", "google-chrome"])
def test_a_browser_that_is_there_is_enough(programs: Path, name: str) -> None:
    """Nothing is installed and nothing said."""
    put(programs, name, "")
    apt_get(programs)
    ran = install(programs)
    assert (ran.returncode, ran.stdout, ran.stderr, calls(programs)) == (0, "", "", [])


@pytest.mark.parametrize("update", [0, 100])
def test_a_missing_browser_is_installed(programs: Path, update: int) -> None:
    """Also where one source of packages is out of order, which fails the update of all lists."""
    apt_get(programs, update=update, install=make_browser(programs))
    ran = install(programs, CI="true")
    assert (ran.returncode, calls(programs)) == (0, ["update", "install"])
    assert "NO BROWSER" not in ran.stderr


@pytest.mark.parametrize(("environment", "code"), [({}, 0), ({"CI": ""}, 0), ({"CI": "true"}, 1)])
@pytest.mark.parametrize("outcome", ["exit 100", "exit 0"])
def test_a_browser_that_cannot_be_installed_is_missed_loudly(
    programs: Path, outcome: str, environment: dict[str, str], code: int
) -> None:
    """Whether apt-get says so or only does nothing; the tests may go on, but not under CI."""
    apt_get(programs, install=outcome)
    ran = install(programs, **environment)
    assert ran.returncode == code
    assert "NO BROWSER: the web page will NOT be tested" in ran.stderr


def test_nobody_but_root_installs(programs: Path) -> None:
    """Others are told; no password is asked for."""
    put(programs, "id", "echo 1000")
    apt_get(programs)
    ran = install(programs)
    assert (ran.returncode, calls(programs)) == (0, [])
    assert "NO BROWSER" in ran.stderr


def test_a_question_of_apt_get_is_not_waited_for(programs: Path) -> None:
    """Its output goes nowhere, so it is given no input either, though there be one."""
    apt_get(programs, install=f"read answer && {make_browser(programs)}")
    assert "NO BROWSER" in install(programs).stderr
