"""Work on many tasks: whatever one of them does, the others are done."""

import sys
from multiprocessing import active_children
from pathlib import Path

import distributed
import pytest

from cohort.deeds import die_once, double, forever
from hiplevel.cohort.crew import Dask, Processes
from hiplevel.cohort.in_order import InOrder
from hiplevel.cohort.work import WorkerDied, work_through
from hiplevel.model.errors import HiplevelError, UsageError


@pytest.mark.parametrize("at_once", [1, 2])
def test_every_task_has_its_own_result_however_many_work(at_once: int) -> None:
    assert dict(work_through(double, range(7), Processes(at_once))) == {n: 2 * n for n in range(7)}


def test_nothing_to_do_starts_nothing() -> None:
    assert list(work_through(double, [], Processes(2))) == []


def test_a_task_that_fails_costs_no_other() -> None:
    found = dict(work_through(double, [1, "fail", 3], Processes(2)))
    assert (found[0], found[2]) == (2, 6)
    assert str(found[1]) == "no number"


def test_a_task_that_kills_its_process_is_found_out_and_costs_no_other() -> None:
    told: list[int] = []
    found = dict(work_through(double, [1, 2, "die", 4, 5], Processes(2), suspected=told.extend))
    assert isinstance(found.pop(2), WorkerDied)
    assert found == {0: 2, 1: 4, 3: 8, 4: 10}
    assert 2 in told


def test_a_process_that_was_killed_once_costs_nothing(tmp_path: Path) -> None:
    told: list[int] = []
    found = dict(work_through(die_once, [str(tmp_path / "flag")], Processes(1), suspected=told.extend))
    assert (found, told) == ({0: "done"}, [0])


def test_ctrl_c_leaves_no_process_behind() -> None:
    before = set(active_children())
    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert set(active_children()) <= before


def interrupted() -> None:
    with Processes(2).hired(2) as executor:
        executor.submit(forever, 1)
        executor.submit(forever, 2)
        raise KeyboardInterrupt


def test_order_does_not_depend_on_what_comes_first() -> None:
    given: list[int] = []
    order = InOrder[str](lambda number, _: given.append(number))
    for number in (2, 0, 4):
        order.take(number, "")
    assert given == [0]
    order.take(1, "")
    assert given == [0, 1, 2]
    order.finish()
    assert given == [0, 1, 2, 4]


def test_without_dask_a_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match=r"pip install 'hiplevel\[dask\]'"):
        Dask("tcp://127.0.0.1:1")


@pytest.mark.filterwarnings("default")  # Dask's own
def test_the_workers_of_a_dask_scheduler_do_the_same() -> None:
    options = {"n_workers": 1, "threads_per_worker": 2, "processes": False, "dashboard_address": None}
    with distributed.LocalCluster(**options) as cluster:
        found = dict(work_through(double, [1, "fail", 3], Dask(cluster.scheduler_address)))
        assert (found[0], found[2]) == (2, 6)
        assert str(found[1]) == "no number"
    with (
        distributed.LocalCluster(**{**options, "n_workers": 0}) as empty,
        pytest.raises(HiplevelError, match="no worker"),
    ):
        Dask(empty.scheduler_address)
