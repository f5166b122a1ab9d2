"""How are units spread over machines? By Dask's scheduler, its own or one that is there already; or in this process."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from dragoman.errors import SourceError, extra
from dragoman.scale.parts import UnitReport
from dragoman.scale.units import SHARE_BYTES, Unit, units_of
from dragoman.scale.work import read_unit

AHEAD = 4  # units a worker in flight: a run of a million units is never held by the scheduler as a whole
RETRIES = 4  # workers that may die of one unit before it is given up


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """How to run: workers of this machine, or the address of a scheduler; threads never, for reading is pure Python."""

    workers: int = 2
    scheduler: str | None = None
    memory: str = "auto"  # of each worker of this machine, as Dask writes it: "2GB"
    share_bytes: int = SHARE_BYTES


class EngineReport(msgspec.Struct, frozen=True, kw_only=True):
    """What a run did: units read now and before, documents read, set aside and refused, units that were given up."""

    units: int = 0
    earlier: int = 0
    read: int = 0
    set_aside: int = 0
    refused: int = 0
    seconds: float = 0.0
    given_up: tuple[str, ...] = ()

    def with_unit(self, report: UnitReport) -> EngineReport:
        """The same with one unit more."""
        return msgspec.structs.replace(
            self,
            units=self.units + 1,
            read=self.read + report.read,
            set_aside=self.set_aside + report.set_aside,
            refused=self.refused + len(report.refused),
            seconds=self.seconds + report.seconds,
        )


def run(
    paths: Iterable[str | os.PathLike[str]],
    out: Path,
    plan: Plan,
    progress: Callable[[EngineReport], None] = lambda report: None,
) -> EngineReport:
    """Read everything at the paths into the set; a unit that an earlier run finished is left as it is."""
    units = list(units_of(paths, plan.share_bytes))
    missing = [unit.path for unit in units if not Path(unit.path).exists()]
    if missing:
        raise SourceError(f"{missing[0]} does not exist; check the spelling, or give a path that every machine sees")
    out.mkdir(parents=True, exist_ok=True)
    waiting = [unit for unit in units if not (out / "done" / f"{unit.name}.json").exists()]
    report = EngineReport(earlier=len(units) - len(waiting))
    for outcome in on_dask(waiting, out, plan):
        if isinstance(outcome, UnitReport):
            report = report.with_unit(outcome)
        else:
            report = msgspec.structs.replace(report, given_up=(*report.given_up, outcome))
        progress(report)
    return report


def on_dask(units: list[Unit], out: Path, plan: Plan) -> Iterator[UnitReport | str]:
    """The report of each unit as it ends, or why it was given up. A worker that dies costs the units in its hands only."""
    with extra("scale", "a run on many machines"):
        import dask.config
        import distributed
    library: Any = distributed  # untyped
    dask.config.set({"distributed.scheduler.allowed-failures": RETRIES})
    with cluster_of(plan, library.LocalCluster) as where, library.Client(where) as client:
        left = iter(units)
        width = AHEAD * max(1, plan.workers if plan.scheduler is None else len(client.scheduler_info()["workers"]))
        first = [submitted(client, unit, out) for _, unit in zip(range(width), left, strict=False)]
        queue = library.as_completed(first)
        for future in queue:
            error = future.exception()
            yield future.result() if error is None else f"{future.key}: {error}"
            unit = next(left, None)
            if unit is not None:
                queue.add(submitted(client, unit, out))


def submitted(client: Any, unit: Unit, out: Path) -> Any:
    """A unit handed to the scheduler."""
    return client.submit(read_unit, unit, str(out.resolve()), key=unit.name, pure=False)


class Elsewhere:
    """The address of a scheduler that is there already, as a context."""

    def __init__(self, address: str) -> None:
        self.address = address

    def __enter__(self) -> str:
        return self.address

    def __exit__(self, *error: object) -> None:
        """The scheduler stays."""


def cluster_of(plan: Plan, local: Any) -> Any:
    """The scheduler of the plan: the one at its address, or one of its own with processes of this machine."""
    if plan.scheduler is not None:
        return Elsewhere(plan.scheduler)
    return local(
        n_workers=plan.workers, threads_per_worker=1, processes=True, memory_limit=plan.memory,
        dashboard_address=None, host="127.0.0.1",
    )  # fmt: skip
