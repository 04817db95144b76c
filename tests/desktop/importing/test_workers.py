from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.importing import workers
from desktop.importing.workers import Ending, Job, Pool


def double(_: object, number: int) -> int:
    return number * 2


def with_shared(shared: object, number: int) -> tuple[object, int]:
    return shared, number


def fail(_: object) -> None:
    raise ValueError("on purpose")


def die(_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def hang(_: object) -> None:
    time.sleep(600)


def spin(_: object, told: str) -> None:
    Path(told).write_text(str(os.getpid()))
    while True:
        pass


def hold(_: object, told: str) -> None:
    """Lets no other thread of its process run: as a pattern does that never ends."""
    sys.setswitchinterval(1e6)
    spin(None, told)


def die_over_a_job(function: Callable[[object, str], None], told: str) -> None:
    """The life of a window that is killed while a worker of its reads."""
    pool = Pool(1)
    threading.Thread(target=pool.run, args=([Job(function, (told,))],), daemon=True).start()
    while not (Path(told).exists() and Path(told).read_text()):
        time.sleep(0.05)
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    pool = Pool(2)
    yield pool
    pool.close()


def test_every_job_is_answered_once(pool: Pool) -> None:
    outcomes = pool.run([Job(double, (number,)) for number in range(20)])
    assert {index: outcome.value for index, outcome in outcomes.items()} == {
        number: number * 2 for number in range(20)
    }


def test_what_is_shared_arrives_and_changes_with_each_run(pool: Pool) -> None:
    for shared in ({"a"}, {"b"}):
        outcomes = pool.run([Job(with_shared, (n,)) for n in range(4)], shared=shared)
        assert [outcomes[n].value for n in range(4)] == [(shared, n) for n in range(4)]


@pytest.mark.parametrize(
    ("function", "ending"),
    [(fail, Ending.FAILED), (die, Ending.CRASHED), (hang, Ending.TIMEOUT)],
)
def test_a_bad_job_costs_only_itself(pool: Pool, function: object, ending: Ending) -> None:
    jobs = [Job(double, (number,)) for number in range(6)]
    jobs[2] = Job(function)  # type: ignore[arg-type]
    outcomes = pool.run(jobs, limit=5)
    assert outcomes.pop(2).ending is ending
    assert {outcome.ending for outcome in outcomes.values()} == {Ending.DONE}
    assert len(outcomes) == 5


def test_a_failure_carries_its_traceback(pool: Pool) -> None:
    assert "on purpose" in pool.run([Job(fail)])[0].value


def test_stopping_keeps_what_is_done(pool: Pool) -> None:
    done: list[int] = []
    jobs = [Job(double, (0,)), *[Job(hang) for _ in range(4)]]
    started = time.monotonic()
    outcomes = pool.run(jobs, stop=lambda: bool(done), ended=lambda at, _: done.append(at))
    assert list(outcomes) == done == [0]
    assert time.monotonic() - started < 10
    assert pool.run([Job(double, (3,))])[0].value == 6


def test_a_worker_that_died_while_idle_is_replaced(pool: Pool) -> None:
    pool.start()
    victim = pool._workers[0].process
    victim.kill()
    victim.join()
    outcomes = pool.run([Job(double, (number,)) for number in range(4)])
    assert {outcome.ending for outcome in outcomes.values()} == {Ending.DONE}


def test_starting_waits_for_no_run() -> None:
    pool = Pool(1)
    running = threading.Thread(target=pool.run, args=([Job(hang)],))
    running.start()
    while not any(worker.job is not None for worker in pool._workers):
        time.sleep(0.01)
    begun = time.monotonic()
    pool.start(1)
    assert time.monotonic() - begun < 5
    pool.close()
    running.join(20)
    assert not running.is_alive()


def test_a_worker_is_ended_once(monkeypatch: pytest.MonkeyPatch) -> None:
    pool = Pool(1)
    pool.start()
    (worker,) = pool._workers
    pool._kill(worker)
    assert worker.pipe.closed
    # Another thread may close the pool meanwhile: what is gone is left alone.
    monkeypatch.setattr(worker.process, "kill", lambda: pytest.fail("ended twice"))
    pool._kill(worker)
    pool.close()


def test_closing_ends_a_run_in_another_thread() -> None:
    pool = Pool(1)
    pool.start()
    runner = threading.Thread(target=lambda: pool.run([Job(hang)]))
    runner.start()
    time.sleep(0.3)
    pool.close()
    runner.join(10)
    assert not runner.is_alive()
    assert pool._workers == []


def is_alive(pid: int) -> bool:
    """A process that nobody waited for is none."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize(
    ("job", "seconds"), [("spin", 10), pytest.param("hold", 30, marks=pytest.mark.slow)]
)
def test_no_worker_outlives_a_window_that_was_killed(
    tmp_path: Path, job: str, seconds: int
) -> None:
    told = tmp_path / "pid"
    program = (
        "import desktop.importing.workers as workers\n"
        f"workers.LOST = {10.0 if job == 'hold' else workers.LOST}\n"
        "from tests.desktop.importing import test_workers as t\n"
        f"if __name__ == '__main__': t.die_over_a_job(t.{job}, {str(told)!r})\n"
    )
    script = tmp_path / "window.py"
    script.write_text(program)
    paths = os.pathsep.join(sys.path)
    ended = subprocess.run(
        [sys.executable, script], env={**os.environ, "PYTHONPATH": paths}, timeout=60
    )
    assert ended.returncode == -signal.SIGKILL
    worker = int(told.read_text())
    until = time.monotonic() + seconds
    while is_alive(worker) and time.monotonic() < until:
        time.sleep(0.1)
    assert not is_alive(worker)
