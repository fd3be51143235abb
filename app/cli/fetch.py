"""`codesign-studio fetch`: a public data set, fetched once to this computer."""

from argparse import ArgumentParser

from app.cli.jobs import run_job
from app.cli.output import explained, say, table
from engine.data.public import PUBLIC, place_of
from engine.data.public.job import ENTRY
from engine.jobs.spec import job_spec


@explained
def main(arguments: list[str]) -> int:
    """Fetch a set, or say which there are."""
    parser = ArgumentParser(
        "codesign-studio fetch", description="Fetch a public data set to this computer; without NAME, list them."
    )
    parser.add_argument("name", nargs="?", default="", metavar="NAME", help="the set, such as cifar-10")
    name = parser.parse_args(arguments).name
    if not name:
        _list()
        return 0
    if name not in PUBLIC:
        raise ValueError(f"There is no public set '{name}'; those known are {', '.join(PUBLIC)}.")
    done = run_job(job_spec(ENTRY, f"Fetch {PUBLIC[name].title}", {"name": name}), lambda _view: None)
    if isinstance(done, int):
        return done
    say(f"{PUBLIC[name].title}: {place_of(name)}")
    return 0


def _list() -> None:
    rows = [
        (
            each.id,
            f"{each.size_mb:,} MB" if each.size_mb else "–",
            "here" if place_of(each.id).is_file() else "",
            each.what,
            each.source,
        )
        for each in PUBLIC.values()
    ]
    table([("Name", "Size", "", "What", "Source"), *rows], right=(1,))
