"""qi start, serve, worker, migrate: bringing the program up."""

import gc
import importlib
import multiprocessing
import os
import signal
import socket
import time
from collections.abc import Callable, Sequence
from multiprocessing.process import BaseProcess
from typing import Annotated

import typer
import uvicorn
import uvicorn._subprocess
from uvicorn.supervisors import Multiprocess

from app import worker as mail_worker
from app.cli.console import bring_up, database, out, plainly, settings, stop
from app.cli.courses import check_and_load
from app.cli.demo import load_and_fill, may_show, print_sign_ins
from app.cli.stage import set_stage
from app.kernel.config import Settings

SECONDS_TO_END = 4.0
APP = "app.main:create_app"


@plainly
def start(
    *,
    demonstration: Annotated[bool, typer.Option(help="Fill an empty database with a demonstration trust.")] = True,
) -> None:
    """Everything for one machine: migrate, load the courses, then run the server and the worker until Ctrl-C."""
    given = settings()
    _refuse_busy_port(given)
    bring_up(given)
    if demonstration and may_show(given):
        given = set_stage()
        load_and_fill(given)
        print_sign_ins(given)
    else:
        check_and_load(given)
    _run_both(given)


@plainly
def serve(
    host: Annotated[str, typer.Option(help="The address to listen on. Default: QI_HOST.")] = "",
    port: Annotated[int, typer.Option(help="The port. Default: QI_PORT.")] = 0,
    workers: Annotated[int, typer.Option(help="Server processes. Default: QI_WORKERS.")] = 0,
) -> None:
    """Run the web server alone."""
    given = settings()
    changed = {"QI_HOST": host, "QI_PORT": str(port or ""), "QI_WORKERS": str(workers or "")}
    os.environ.update({name: value for name, value in changed.items() if value})
    given = settings()
    _refuse_busy_port(given)
    with database(given):
        pass
    run_server(given)


@plainly
def worker() -> None:
    """Run the worker alone: it sends mails and does what the calendar asks."""
    given = settings()
    with database(given):
        pass
    mail_worker.main(given)


@plainly
def migrate() -> None:
    """Bring the database to the shape this program needs; an SQLite file is copied first."""
    bring_up(settings())
    out.print("The database is at this program's shape.")


def run_server(given: Settings) -> None:
    config = uvicorn.Config(
        APP,
        factory=True,
        workers=given.workers,
        host=given.host,
        port=given.port,
        loop="uvloop",
        http="httptools",
        proxy_headers=True,
        forwarded_allow_ips=given.trusted_proxies,
        server_header=False,
        access_log=False,
        log_level="warning",
        timeout_graceful_shutdown=3,
        timeout_keep_alive=20,
    )
    importlib.import_module(APP.partition(":")[0])
    _collect_seldom()
    if given.workers == 1:
        uvicorn.Server(config).run()
        return
    _let_workers_be_forks()
    Multiprocess(config, sockets=[config.bind_socket()]).run()


def _collect_seldom() -> None:
    """What is loaded stays: to look through it for garbage at every few requests is a twelfth of a large page's time.

    Frozen, it also stays shared between forks: a collection marks what it looks at, and marking copies.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def _let_workers_be_forks() -> None:
    """uvicorn would start each worker afresh. A fork imports nothing again and shares what is loaded already."""
    # uvicorn offers no other way to say it; its version is locked, and a test looks at the processes.
    uvicorn._subprocess.spawn = multiprocessing.get_context("fork")  # type: ignore[assignment]  # noqa: SLF001
    os.register_at_fork(after_in_child=_end_when_asked)


def _end_when_asked() -> None:
    """Until its server listens to them itself, a worker must not treat signals as its parent does."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)


def _refuse_busy_port(given: Settings) -> None:
    family = socket.AF_INET6 if ":" in given.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((given.host, given.port))
        except OSError as error:
            stop(
                f"Port {given.port} on {given.host} cannot be used: {error.strerror}.\n"
                f"Stop what is using it, or choose another: QI_PORT={given.port + 1} make run"
            )


def _run_both(given: Settings) -> None:
    """Server and worker as two processes; when either ends, or on Ctrl-C, both end.

    They are forks: what this process has imported is not imported again, which is half of a quick second start.
    """
    fork = multiprocessing.get_context("fork")
    both = [fork.Process(target=_alone, args=(run, given)) for run in (run_server, mail_worker.main)]
    for one in both:
        one.start()
    asked_to_end = False

    def ask(*_: object) -> None:
        nonlocal asked_to_end
        asked_to_end = True

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, ask)
    _say_ready(given, both[0])
    while not asked_to_end and all(one.is_alive() for one in both):
        time.sleep(0.1)
    _end(both)
    failed = next((one.exitcode for one in both if one.exitcode not in {0, -signal.SIGTERM, None}), 0)
    raise typer.Exit(0 if asked_to_end else failed or 1)


def _alone(run: Callable[[Settings], None], given: Settings) -> None:
    os.setsid()  # Ctrl-C reaches the parent alone, which then ends both in order
    run(given)


def _say_ready(given: Settings, server: BaseProcess) -> None:
    deadline = time.monotonic() + 20
    host = "127.0.0.1" if given.host == "0.0.0.0" else given.host  # noqa: S104
    while server.is_alive() and time.monotonic() < deadline:
        with socket.socket() as probe:
            probe.settimeout(0.2)
            if probe.connect_ex((host, given.port)) == 0:
                out.print(f"\nReady: {given.origin}   (Ctrl-C ends it)")
                return
        time.sleep(0.05)


def _end(processes: Sequence[BaseProcess]) -> None:
    for one in processes:
        one.terminate()
    deadline = time.monotonic() + SECONDS_TO_END
    for one in processes:
        one.join(max(0.0, deadline - time.monotonic()))
        if one.is_alive():
            one.kill()
            one.join()
