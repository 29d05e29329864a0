"""Many calls, few at a time."""

import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from botocore.exceptions import (
    ConnectionClosedError,
    ConnectTimeoutError,
    ProxyConnectionError,
    ReadTimeoutError,
    SSLError,
)
from botocore.parsers import ResponseParserError

from docs_tools.aws.faults import Fault
from docs_tools.layers.aws.gather import Task, gather
from tests.aws.server import AwsServer


def tasks(calls: list[Callable[[], Any]]) -> list[Task[Any]]:
    return [Task("eu-west-1", call) for call in calls]


def test_answers_stand_in_the_order_of_the_tasks_whichever_comes_first() -> None:
    second = threading.Event()

    def wait() -> str:
        assert second.wait(60)
        return "first"

    def go() -> str:
        second.set()
        return "second"

    assert gather(tasks([wait, go]), 2, None) == ["first", "second"]


@pytest.mark.parametrize("jobs", [1, 3, 8])
def test_at_most_so_many_run_at_a_time_and_so_many_do(jobs: int) -> None:
    lock = threading.Lock()
    together = threading.Barrier(jobs)
    running = most = 0

    def call() -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        together.wait(60)  # goes on when as many as may run do
        with lock:
            running -= 1

    gather(tasks([call] * (jobs * 4)), jobs, None)

    assert most == jobs


def test_progress_is_told_once_for_each_task_in_the_callers_thread() -> None:
    told: list[tuple[int, int]] = []
    threads: set[int] = set()

    def progress(done: int, total: int) -> None:
        told.append((done, total))
        threads.add(threading.get_ident())

    gather(tasks([int] * 5), 3, progress)

    assert told == [(done, 5) for done in range(6)]
    assert threads == {threading.get_ident()}


def test_nothing_to_do_is_done() -> None:
    assert gather([], 8, None) == []


def test_no_jobs_at_all_are_one() -> None:
    assert gather(tasks([int, int]), 0, None) == [0, 0]


def test_an_error_of_ours_comes_out_as_it_is_and_ends_it() -> None:
    ran: list[int] = []

    def fail() -> None:
        ran.append(1)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        gather(tasks([fail] * 100), 1, None)
    assert ran == [1]


def test_an_interrupt_ends_it_without_the_tasks_that_wait_or_hang() -> None:
    hang = threading.Event()
    ran: list[int] = []

    def stop(done: int, total: int) -> None:
        if done:
            raise KeyboardInterrupt

    def call(number: int) -> None:
        ran.append(number)
        if number:  # the first answers, whatever follows never does
            hang.wait()

    with pytest.raises(KeyboardInterrupt):
        gather(tasks([partial(call, number) for number in range(500)]), 4, stop)
    hang.set()

    assert len(ran) <= 5


SCRIPT = """
from docs_tools.layers.aws import find_versions, open_session
from tests.layers.aws import REGIONS, layers
try:
    find_versions(open_session(), layers(*REGIONS, runtimes=("a", "b", "c")), "1.0.0", jobs=4)
except KeyboardInterrupt:
    print("stopped")
"""


def test_ctrl_c_ends_a_command_that_waits_for_answers(aws: AwsServer) -> None:
    aws.faults.delay = 3600
    process = subprocess.Popen([sys.executable, "-c", SCRIPT], stdout=subprocess.PIPE, text=True)
    aws.wait_for_calls(4)

    process.send_signal(signal.SIGINT)

    out, _ = process.communicate(timeout=60)
    assert out == "stopped\n"
    assert process.returncode == 0
    assert len(aws.calls) == 4


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (ConnectTimeoutError(endpoint_url="https://me:hunter2@example.com"), "no answer in time"),
        (ReadTimeoutError(endpoint_url="https://example.com"), "no answer in time"),
        (SSLError(endpoint_url="", error=""), "the certificate can't be trusted"),
        (ProxyConnectionError(proxy_url="http://me:hunter2@x"), "the proxy doesn't answer"),
        (ConnectionClosedError(endpoint_url=""), "the connection was lost"),
        (ResponseParserError("<html>hunter2"), "what answers isn't AWS"),
    ],
)
def test_a_region_that_is_not_reachable_is_a_fault_and_not_asked_again(
    error: Exception, reason: str
) -> None:
    asked: list[str] = []

    def call(region: str) -> str:
        asked.append(region)
        if region == "eu-west-1":
            raise error
        return "answer"

    regions = ["eu-west-1", "us-east-1"] * 20
    answers = gather([Task(region, partial(call, region)) for region in regions], 1, None)

    assert asked == ["eu-west-1"] + ["us-east-1"] * 20
    assert answers[1::2] == ["answer"] * 20
    fault = answers[0]
    assert isinstance(fault, Fault)
    assert fault.reason == f"not reachable ({reason})"
    assert answers[::2] == [fault] * 20
