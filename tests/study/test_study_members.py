"""Members that fail, members that kill, and what is left on disk after a crash."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from thermal.study.engines import Range
from thermal.study.engines.slurm import share_out
from thermal.study.execution.driver import cut_ranges
from thermal.study.execution.record import Record, parse_line
from thermal.study.execution.store import Reader, Writer

if TYPE_CHECKING:
    from pathlib import Path

    from sweep_command import Sweep


def test_five_bad_of_fifty_are_recorded_and_stop_nothing(sweep: Sweep) -> None:
    bad = {3, 10, 20, 30, 49}
    sweep.plan([-1.0 - n if n in bad else float(n) for n in range(50)])
    said = sweep.run("--jobs", "2", expect=8).stderr
    assert "member 3" in said
    assert "[member-failed]" in said
    sweep.collect(expect=8)
    rows = sweep.rows()
    assert len(rows) == 50
    assert {int(row["index"]) for row in rows if row["status"] == "failed"} == bad
    assert sum(row["status"] == "ok" for row in rows) == 45
    assert all("is negative" in row["error"] for row in rows if row["status"] == "failed")
    status = json.loads(sweep.call("status", str(sweep.directory), "--json").stdout)
    assert (status["schema"], status["ok"], status["failed"], status["open"]) == (
        "lunarflag.sweep-status/1",
        45,
        5,
        0,
    )
    assert sum(row["status"] == "failed" for row in status["rows"]) == 5


def test_a_failed_member_runs_again_only_when_asked(sweep: Sweep) -> None:
    sweep.plan([1.0, -1.0])
    sweep.run("--jobs", "1", expect=8)
    sweep.run("--jobs", "1", expect=8)
    assert sweep.done() == {0: 1, 1: 1}
    sweep.run("--jobs", "1", "--retry-failed", expect=8)
    assert sweep.done() == {0: 1, 1: 3}  # its first failure, the mark, its second failure


def test_a_member_that_kills_its_worker_is_given_up(sweep: Sweep) -> None:
    sweep.plan([1.0, 2.0, 13.5, 4.0, 5.0])
    sweep.run("--jobs", "2", "--chunk", "5", expect=8)
    sweep.collect(expect=8)
    assert [row["status"] for row in sweep.rows()] == ["ok", "ok", "failed", "ok", "ok"]
    assert "[member-killed-worker]" in sweep.rows()[2]["error"]


def test_one_member_runs_alone_by_its_index(sweep: Sweep) -> None:
    sweep.plan([1.0, 2.0, 3.0])
    sweep.run("--index", "1")
    assert sweep.done() == {1: 1}
    sweep.run("--index", "0,1:3")
    sweep.run("--index", "0:3")
    assert sweep.done() == {0: 1, 1: 1, 2: 1}
    sweep.run("--index", "3", expect=2)


def test_tables_that_cannot_be_written_are_refused_with_their_place(sweep: Sweep) -> None:
    sweep.plan([1.0])
    sweep.run("--jobs", "1")
    file = sweep.folder / "ref.toml"
    file.write_text("kept")
    for output in (file, file / "below"):
        said = sweep.call("collect", str(sweep.directory), "-o", str(output), expect=3).stderr
        assert f"{output}: " in said
        assert "[cannot-write]" in said
    assert file.read_text() == "kept"
    for name in ("table.csv", "table.h5", "table.partial"):
        folder = sweep.folder / name
        (folder / name).mkdir(parents=True)
        said = sweep.call("collect", str(sweep.directory), "-o", str(folder), expect=3).stderr
        assert f"{folder / name}: this is a folder" in said
        assert [entry.name for entry in folder.iterdir()] == [name]
    sweep.collect()
    sweep.collect()


def test_half_a_record_does_not_count_and_is_cut_off(tmp_path: Path) -> None:
    (tmp_path / "results").mkdir()
    whole = Record(0, "aa", "ok", {"y": float("inf"), "z": float("nan"), "what": "heat"}, (), 0.1, 1.0, "h:1")
    with Writer(tmp_path) as writer:
        writer.append(whole)
    file = tmp_path / "results" / "0000.jsonl"
    line = file.read_bytes()
    for length in (1, 20, len(line) - 1):
        file.write_bytes(line + line[:length])
        assert list(Reader(tmp_path).refresh()) == [0]
        with Writer(tmp_path) as writer:
            writer.append(Record(1, "bb", "ok", {"y": 0.1}))
        assert file.read_bytes().count(b"\n") == 2
        assert sorted(Reader(tmp_path).refresh()) == [0, 1]
    again = parse_line(line)
    assert again is not None
    assert repr(again) == repr(whole)


def test_workers_at_once_have_files_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "results").mkdir()
    with Writer(tmp_path) as one, Writer(tmp_path) as two:
        one.append(Record(0, "aa", "ok"))
        two.append(Record(1, "bb", "ok"))
    with Writer(tmp_path) as three:
        three.append(Record(2, "cc", "ok"))
    assert sorted(path.name for path in (tmp_path / "results").iterdir()) == ["0000.jsonl", "0001.jsonl"]
    assert sorted(Reader(tmp_path).refresh()) == [0, 1, 2]


def test_a_damaged_line_is_a_member_not_done(tmp_path: Path) -> None:
    (tmp_path / "results").mkdir()
    line = Record(0, "aa", "ok").to_line()
    (tmp_path / "results" / "0000.jsonl").write_bytes(b"\0" * 30 + b"\n" + b'{"index": 4}\n' + line)
    assert list(Reader(tmp_path).refresh()) == [0]


def test_ranges_are_shared_out_evenly_to_few_tasks() -> None:
    ranges = [Range(n, n + 1) for n in range(10)]
    assert [len(task) for task in share_out(ranges, 4)] == [2, 3, 2, 3]
    assert [one for task in share_out(ranges, 3) for one in task] == ranges
    assert len(share_out(ranges, 1000)) == 10


def test_open_members_are_cut_into_ranges_without_gaps() -> None:
    assert cut_ranges([0, 1, 2, 3, 5, 6, 9], 3) == [(0, 3), (3, 4), (5, 7), (9, 10)]
