"""``lunarflag materials``: List, show, check, cite and plot materials."""

from __future__ import annotations

import json
from pathlib import Path

import click

from thermal.cli.material_options import (
    as_json_option,
    at_option,
    directories,
    force_option,
    material_files,
    print_json,
    read_database,
    read_kelvin,
)


@click.group("materials", context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """List, show, check, cite and plot materials.

    Every number has a unit, a range, an uncertainty, a method and a source.
    """


@command.command("list")
@click.option(
    "--kind", type=click.Choice(["cloth", "film", "metal", "composite", "coating"]), help="Only this kind."
)
@click.option(
    "--property", "keys", multiple=True, metavar="NAME", help="Show a property, such as specific_heat."
)
@click.option("--where", "conditions", multiple=True, help='Keep what meets it: "density < 2000 kg/m3".')
@click.option(
    "--sort", "sort_key", metavar="NAME", help="Sort by a property, smallest first; -NAME largest first."
)
@at_option
@directories
@as_json_option
def list_materials(
    *,
    kind: str | None,
    keys: tuple[str, ...],
    conditions: tuple[str, ...],
    sort_key: str | None,
    at: str,
    paths: tuple[Path, ...],
    as_json: bool,
) -> None:
    """List materials; filter and sort them by a property at a temperature.

    Examples: --kind cloth --sort specific_heat --at "100 K", or
    --where "solar_absorptance.natural < 0.3".
    """
    from materials.schema.quantities import QUANTITIES
    from materials.views import layout, view
    from thermal.cli import material_rows

    temperature = read_kelvin(at)
    tests = [view.parse_condition(text) for text in conditions]
    sort_name = (sort_key or "").removeprefix("-")
    wanted = tuple(dict.fromkeys([*keys, *([sort_name] if sort_name else []), *(test.key for test in tests)]))
    for key in wanted:
        view.known_quantity(key)
    database = read_database(paths)
    chosen = [
        material
        for material in database.values()
        if (kind is None or material.kind == kind)
        and all(test.holds(material, temperature) for test in tests)
    ]
    rows = [material_rows.row(material, wanted, temperature) for material in chosen]
    if sort_name:
        rows = material_rows.sorted_rows(rows, sort_name, largest_first=(sort_key or "").startswith("-"))
    if as_json:
        for row in rows:
            del row["texts"]
        print_json("list", {"at_k": temperature, "materials": rows})
        return
    units = [QUANTITIES[key.partition(".")[0]].display for key in wanted]
    head = ["name", "kind", "title", *(f"{key} [{unit}]" for key, unit in zip(wanted, units, strict=True))]
    texts = [[row["name"], row["kind"], row["title"], *row["texts"].values()] for row in rows]
    click.echo(layout.table(head, texts, layout.columns(), fold=head.index("title")))
    click.echo(f"{len(rows)} of {len(database)} materials", err=True)


@command.command("show")
@click.argument("name")
@click.option("--property", "key", metavar="NAME", help="Draw this property in the terminal.")
@click.option(
    "--plot", "figure", type=click.Path(path_type=Path), help="Draw all curves into a .png, .svg or .pdf."
)
@force_option
@at_option
@directories
@as_json_option
def show(
    *,
    name: str,
    key: str | None,
    figure: Path | None,
    force: bool,
    at: str,
    paths: tuple[Path, ...],
    as_json: bool,
) -> None:
    """Show every property of the material NAME at a temperature.

    Behind each value stands its uncertainty; the small curve runs from 50 to
    450 K or over its range.
    """
    from materials.views import layout, terminal, view
    from thermal.cli import material_rows

    material = read_database(paths)[name]
    temperature = read_kelvin(at)
    if figure is not None:
        from materials.views import plots
        from thermal.report.figure import check_figure

        check_figure(figure, force=force)
        plots.sheet(view.shown_properties(material), material.title, figure)
        click.echo(f"wrote {figure}", err=True)
    if as_json:
        print_json("show", view.material_record(material, temperature))
    elif key is not None:
        click.echo(terminal.drawing([material_rows.needed(material, key)], temperature))
    else:
        click.echo(terminal.sheet(material, temperature, layout.columns()))


@command.command("check")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@directories
@as_json_option
@click.pass_context
def check(context: click.Context, *, files: tuple[Path, ...], paths: tuple[Path, ...], as_json: bool) -> None:
    """Check material FILES or folders, or all of the database: form, units, physics, sources, weave."""
    from materials.checks.files import check_files
    from materials.problems import MaterialError
    from materials.schema.references import read_bibliography

    database = read_database(paths)
    chosen = [one for path in files for one in material_files(path)] or sorted(database.files.values())
    beside = sorted({bib for path in chosen for bib in path.parent.glob("*.bib")})
    known = {**database.bibliography(), **read_bibliography(beside)}
    problems = check_files(chosen, known, {*database, *(path.stem for path in chosen)})
    if as_json:
        records = [
            {"code": one.code, "where": one.where, "message": one.message, "remedy": one.remedy}
            for one in problems
        ]
        print_json("check", {"files": len(chosen), "problems": records, "passed": not problems})
        context.exit(MaterialError.exit_code if problems else 0)
    if problems:
        raise MaterialError(problems)
    click.echo(f"{len(chosen)} material files are sound")


@command.command("cite")
@click.argument("names", nargs=-1)
@click.option("--property", "keys", multiple=True, metavar="NAME", help="Only the sources of this property.")
@directories
@as_json_option
def cite(*, names: tuple[str, ...], keys: tuple[str, ...], paths: tuple[Path, ...], as_json: bool) -> None:
    """Print the BibTeX of what the materials NAMES are made from; of all without names."""
    from materials.views import view
    from thermal.cli import material_rows

    for key in keys:
        view.known_quantity(key)
    database = read_database(paths)
    bibliography = database.bibliography()
    used = [
        source
        for name in names or tuple(database)
        for prop in material_rows.chosen_properties(database[name], keys)
        for source in prop.source
    ]
    if as_json:
        entries = [
            {"key": one.key, "type": one.kind, **one.fields}
            for one in (bibliography[key] for key in dict.fromkeys(used) if key in bibliography)
        ]
        print_json("cite", {"entries": entries})
    else:
        click.echo(bibliography.bibtex(used))


@command.command("plot")
@click.argument("names", nargs=-1, required=True)
@click.option("--property", "key", required=True, metavar="NAME", help="Property, such as specific_heat.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Picture to write; without, draw in the terminal."
)
@force_option
@directories
def plot(
    *, names: tuple[str, ...], key: str, output: Path | None, force: bool, paths: tuple[Path, ...]
) -> None:
    """Draw one property of the materials NAMES on one picture.

    Example: nylon66 ce5_flag basalt --property specific_heat -o cp.png
    """
    from thermal.cli import material_rows

    database = read_database(paths)
    props = [material_rows.needed(database[name], key) for name in names]
    if output is None:
        from materials.views import terminal

        click.echo(terminal.drawing(props))
        return
    from materials.views import plots
    from thermal.report.figure import check_figure

    check_figure(output, force=force)
    plots.compare(props, output)
    click.echo(f"wrote {output}", err=True)


@command.command("schema")
def schema() -> None:
    """Print the JSON Schema of material files, for editors."""
    from materials.schema.models import MaterialFile

    click.echo(json.dumps(MaterialFile.model_json_schema(by_alias=True), indent=2))
