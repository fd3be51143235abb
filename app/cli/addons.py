"""`codesign-studio addons`: parts that the installer left out: list, add from a file or by download, remove."""

from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path

from app.cli.jobs import run_job
from app.cli.output import BAD_INPUT, complain, explained, say
from engine.addons import Addon, AddonError, added_folder, catalogue, remove, root
from engine.jobs.spec import job_spec

_NONE = "This studio is no installer's: its parts are added with `make setup-all`."


@explained
def main(arguments: list[str]) -> int:
    """List, add and remove parts."""
    parser = ArgumentParser("codesign-studio addons", description="Add parts that the installer left out.")
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--add", type=Path, metavar="FILE", help="add the part in this file")
    choice.add_argument("--download", metavar="ID", help="download a part and add it")
    choice.add_argument("--remove", metavar="ID", help="take a part away")
    options = parser.parse_args(arguments)
    parts = catalogue()
    if not parts:
        complain(_NONE)
        return BAD_INPUT
    if options.add:
        return _added(_of_file(parts, options.add), options.add)
    if options.download:
        return _added(_of_id(parts, options.download), None)
    if options.remove:
        there = remove(_of_id(parts, options.remove), root())
        say(f"{options.remove} {'is removed' if there else 'was not added'}.")
        return 0
    for part in parts:
        state = "added" if added_folder(part, root()).is_dir() else f"not added; its file is {part.file}"
        say(f"{part.id}: {part.title}, {part.installed / 1e6:,.0f} MB, {state}")
    return 0


def _added(part: Addon, file: Path | None) -> int:
    arguments = {"addon": asdict(part), "root": str(root()), "file": None if file is None else str(file.absolute())}
    spec = job_spec("engine.addons.job:add_part", f"Add {part.title}", arguments)
    done = run_job(spec, lambda _view: say(f"{part.title} is added."))
    return done if isinstance(done, int) else 0


def _of_file(parts: tuple[Addon, ...], file: Path) -> Addon:
    """The part that a file is called like; the checksum says later whether it is that part."""
    found = next((part for part in parts if part.file == file.name), None)
    if found is None:
        raise AddonError(
            f"{file.name} is no part of this release. There are: {', '.join(part.file for part in parts)}."
        )
    return found


def _of_id(parts: tuple[Addon, ...], id: str) -> Addon:
    found = next((part for part in parts if part.id == id), None)
    if found is None:
        raise AddonError(f"There is no part '{id}'. There are: {', '.join(part.id for part in parts)}.")
    return found
