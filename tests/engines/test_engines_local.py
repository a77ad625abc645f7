"""Serial and Processes keep the contract; Processes outlives dead workers and leaves none behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from pickle import PicklingError

import pytest
from tests.engines import work
from tests.engines.engine_contract import EngineContract

from sayso.engines import crew
from sayso.engines.engine import Failure
from sayso.engines.groups import groups
from sayso.engines.local import Processes, Serial


class TestSerial(EngineContract):
    @pytest.fixture
    def engine(self):
        return Serial()


class TestProcesses(EngineContract):
    @pytest.fixture
    def engine(self):
        return Processes(2)


def alive(pid):
    """Whether a process runs (a zombie that nobody waited for does not)."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


def wait_until(true, seconds=10.0):
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.02)
    return true()


def test_work_is_done_by_as_many_processes_as_asked_for_and_none_stays():
    pids = set(Processes(2).map(work.where, range(8)))
    assert len(pids) == 2
    assert os.getpid() not in pids
    assert not any(map(alive, pids))


def test_no_more_processes_than_parts():
    assert len(set(Processes(8).map(work.where, range(1)))) == 1


def test_a_part_that_kills_its_process_is_named_and_the_others_are_done():
    results = list(Processes(2).map(work.die, range(8)))
    assert [r for r in results if not isinstance(r, Failure)] == [0, 1, 3, 4, 5, 6, 7]
    assert (results[2].part, results[2].kind) == (2, "WorkerDied")
    assert "ended 2 times" in results[2].reason
    assert "-9" in results[2].reason


def test_a_part_whose_process_was_killed_from_outside_is_tried_again(tmp_path):
    notes = [None, str(tmp_path / "a"), None, str(tmp_path / "b"), None]
    assert list(Processes(2).map(work.die_once, list(enumerate(notes)))) == [0, 1, 2, 3, 4]
    assert (tmp_path / "a").exists()


def test_a_part_that_ends_its_process_is_a_failure():
    results = list(Processes(1).map(work.leave, range(3)))
    assert (results[0], results[2]) == (0, 2)
    assert "exit code 3" in results[1].reason


def test_what_cannot_be_pickled_is_a_failure_of_its_part():
    results = list(Processes(2).map(work.unpicklable, range(3)))
    assert (results[0], results[2]) == (0, 2)
    assert (results[1].part, results[1].kind) == (1, "TypeError")
    sent, stuck, read, thorny = Processes(1).map(work.double, [1, work.Stuck(), 2, work.Thorny()])
    assert (sent, read) == (2, 4)
    assert (stuck.part, stuck.kind, stuck.reason) == (1, "RuntimeError", "stays here")
    assert (thorny.part, thorny.kind) == (3, "ValueError")


def test_a_function_that_cannot_be_sent_is_raised():
    with pytest.raises((AttributeError, PicklingError), match="cannot_be_sent"):
        list(Processes(2).map(lambda part: part, range(3)))


def test_a_process_that_cannot_be_started_is_raised(monkeypatch):
    def refused(_):
        raise OSError("no more processes")

    monkeypatch.setattr("sayso.engines.crew.Worker", refused)
    with pytest.raises(OSError, match="no more processes"):
        list(Processes(2).map(work.double, range(3)))


@pytest.mark.parametrize(
    ("limits", "most"), [({"AHEAD": 1}, 2), ({"AHEAD": 3}, 6), ({"LARGEST": 1}, 1), ({"LARGEST": 25_000}, 3)]
)
def test_parts_are_drawn_as_far_ahead_as_is_allowed(monkeypatch, limits, most):
    for name, value in limits.items():
        monkeypatch.setattr(f"sayso.engines.local.{name}", value)
    ahead, taken = [], 0

    def parts():
        for n in range(20):
            ahead.append(n + 1 - taken)
            yield bytes([n]) * 10_000

    for _ in Processes(2).map(work.double, parts()):
        taken += 1
    assert (taken, max(ahead)) == (20, most)


def test_closing_the_iterator_ends_the_work_at_once(tmp_path):
    results = Processes(2).map(work.sleep_long, failing_then_asleep(tmp_path))
    assert next(results).kind == "TypeError"
    assert wait_until(lambda: len(list(tmp_path.iterdir())) == 1)
    start = time.monotonic()
    results.close()
    assert time.monotonic() - start < 2
    assert not any(alive(path.name) for path in tmp_path.iterdir())


def failing_then_asleep(folder):
    """A part that fails at once, then one that sleeps."""
    return [None, str(folder)]


SLEEP = """
import sys
sys.path.insert(0, sys.argv[2])
from sayso.engines.local import Processes
from tests.engines import work
if __name__ == "__main__":
    list(Processes(2).map(work.sleep_long, [sys.argv[1]] * 4))
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads /proc")
@pytest.mark.parametrize(("sent", "ended"), [(signal.SIGINT, 1), (signal.SIGKILL, -9), (signal.SIGTERM, -15)])
def test_no_worker_outlives_its_parent(tmp_path, sent, ended):
    script = tmp_path / "script.py"
    script.write_text(SLEEP)
    notes = tmp_path / "notes"
    notes.mkdir()
    command = [sys.executable, str(script), str(notes), str(Path(__file__).parents[2])]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    assert wait_until(lambda: len(list(notes.iterdir())) == 2)
    start = time.monotonic()
    if sent == signal.SIGINT:
        os.killpg(process.pid, sent)  # as a terminal does: everyone in the group gets it
    else:
        process.send_signal(sent)
    errors = process.communicate(timeout=10)[1]
    assert wait_until(lambda: not any(alive(path.name) for path in notes.iterdir()))
    assert time.monotonic() - start < 3
    assert process.returncode in (ended, -sent)
    assert errors.count("Traceback") <= 1


LOADED = """
import json, sys
sys.path.insert(0, sys.argv[1])
from sayso.engines.local import Processes
if __name__ == "__main__":
    engine = Processes(2, loaded=["tests.engines.loaded"])
    from tests.engines import loaded
    print(json.dumps(list(engine.map(loaded.places, range(12)))))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="workers are not forked there")
def test_what_workers_need_is_loaded_once(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(LOADED)
    command = [sys.executable, str(script), str(Path(__file__).parents[2])]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    (loaded_in,), workers = (set(found) for found in zip(*json.loads(done.stdout), strict=True))
    assert len(workers) == 2
    assert loaded_in not in workers


def test_a_module_that_cannot_be_loaded_before_costs_nothing(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(LOADED.replace('loaded=["tests.engines.loaded"]', 'loaded=["tests.engines.torn"]'))
    command = [sys.executable, str(script), str(Path(__file__).parents[2])]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert len(json.loads(done.stdout)) == 12


def test_a_server_that_is_dead_but_not_yet_known_to_be_is_waited_for(monkeypatch):
    refusals = iter([EOFError, ConnectionRefusedError, BrokenPipeError])

    def worker(function):
        for error in refusals:
            raise error
        return function

    preloaded = []
    monkeypatch.setattr(crew, "Worker", worker)
    monkeypatch.setattr(crew.forkserver, "set_forkserver_preload", preloaded.append)
    assert crew._forked(work.sleep_long) is work.sleep_long
    assert preloaded == [[]] * 3


def test_a_server_that_never_comes_is_given_up(monkeypatch):
    def worker(function):
        raise ConnectionRefusedError

    monkeypatch.setattr(crew, "Worker", worker)
    monkeypatch.setattr(crew.forkserver, "set_forkserver_preload", list)
    monkeypatch.setattr(crew, "_SERVER_SECONDS", 0.1)
    with pytest.raises(ConnectionRefusedError):
        crew._forked(work.sleep_long)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads /proc")
def test_ctrl_c_while_modules_are_loaded_ends_all_with_one_traceback(tmp_path):
    script, note = tmp_path / "script.py", tmp_path / "note"
    script.write_text(LOADED.replace("from tests.engines import loaded", "import time; time.sleep(9)"))
    command = [sys.executable, str(script), str(Path(__file__).parents[2])]
    env = os.environ | {"LOADED_NOTE": str(note)}
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True, env=env)
    assert wait_until(lambda: note.exists() and note.read_text())
    os.killpg(process.pid, signal.SIGINT)
    errors = process.communicate(timeout=10)[1]
    assert errors.count("KeyboardInterrupt") == 1
    assert wait_until(lambda: not alive(note.read_text()))


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ({}, [[4, 4, 4, 4, 4]]),
        ({"MOST": 2}, [[4, 4], [4, 4], [4]]),
        ({"LARGEST": 11}, [[4, 4, 4], [4, 4]]),
        ({"LONGEST": -1.0}, [[4], [4], [4], [4], [4]]),
    ],
)
def test_groups_are_bounded_in_number_bytes_and_time(monkeypatch, limits, expected):
    for name, value in limits.items():
        monkeypatch.setattr(f"sayso.engines.groups.{name}", value)
    assert list(groups(iter([4] * 5), int)) == expected
    assert list(groups([], int)) == []
