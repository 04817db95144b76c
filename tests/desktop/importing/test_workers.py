from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator

import pytest

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
