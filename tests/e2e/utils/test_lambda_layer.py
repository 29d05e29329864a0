"""The layer: built once for all workers, and again only when its source changed."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.utils.lambda_layer import build_layer
from tests.e2e.utils.places import ROOT

WORKER = """
import sys, time
from pathlib import Path
from tests.e2e.utils.lambda_layer import build_layer
print("ready", flush=True)
sys.stdin.readline()
print(build_layer(Path(sys.argv[1]), Path(sys.argv[2])))
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "tiny"
    (folder / "room").mkdir(parents=True)
    for number in range(200):
        (folder / "room" / f"module_{number}.py").write_text(f"NUMBER = {number}\n")
    return folder


@pytest.fixture
def cdk_out(tmp_path: Path) -> Path:
    return tmp_path / "cdk.out"


def test_workers_at_once_build_it_once(source: Path, cdk_out: Path) -> None:
    command = [sys.executable, "-c", WORKER, str(source), str(cdk_out)]
    pipe = subprocess.PIPE
    workers = [
        subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) for _ in range(3)
    ]
    for worker in workers:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
    for worker in workers:
        assert worker.stdin is not None
        worker.stdin.write("go\n")
        worker.stdin.flush()
    told = sorted(worker.communicate()[0].strip() for worker in workers)
    assert told == ["False", "False", "True"]
    assert len(list((cdk_out / "layer_build").rglob("*.py"))) == 200


def test_an_unchanged_build_is_skipped(source: Path, cdk_out: Path) -> None:
    assert build_layer(source, cdk_out)
    module = cdk_out / "layer_build" / "python" / "tiny" / "room" / "module_7.py"
    assert module.read_text() == "NUMBER = 7\n"
    assert len((cdk_out / "layer_build.diff").read_text()) == 64
    module.write_text("is this one kept?")

    (source / "room" / "__pycache__").mkdir()
    (source / "room" / "__pycache__" / "module_7.cpython-311.pyc").write_bytes(b"compiled")
    assert not build_layer(source, cdk_out)
    assert module.read_text() == "is this one kept?"


def change(source: Path) -> None:
    (source / "room" / "module_7.py").write_text("NUMBER = 8\n")


def rename(source: Path) -> None:
    (source / "room" / "module_7.py").rename(source / "room" / "module_700.py")


def delete(source: Path) -> None:
    (source / "room" / "module_7.py").unlink()


@pytest.mark.parametrize("edit", [change, rename, delete])
def test_a_changed_source_is_built_again(
    source: Path, cdk_out: Path, edit: Callable[[Path], None]
) -> None:
    assert build_layer(source, cdk_out)
    edit(source)
    assert build_layer(source, cdk_out)
    built = cdk_out / "layer_build" / "python" / "tiny"
    files = {path.relative_to(source): path.read_text() for path in source.rglob("*.py")}
    assert {path.relative_to(built): path.read_text() for path in built.rglob("*.py")} == files


def test_a_build_that_broke_off_is_made_again(
    source: Path, cdk_out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert build_layer(source, cdk_out)
    change(source)
    with monkeypatch.context() as patch:
        patch.setattr("shutil.copyfile", _fail)
        with pytest.raises(OSError, match="disk"):
            build_layer(source, cdk_out)
    (source / "room" / "module_7.py").write_text("NUMBER = 7\n")  # as before the broken one
    assert build_layer(source, cdk_out)
    assert len(list((cdk_out / "layer_build").rglob("*.py"))) == 200


def _fail(*_: object) -> None:
    raise OSError("the disk is full")
