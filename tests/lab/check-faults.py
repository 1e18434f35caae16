#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""Kills, starves and damages a program that trains, and sees that no run suffers by it.

usage: check-faults.py STORE-DRIVER KILLS

Prints TAP.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

N_ROWS = 120
N_EPOCHS = 300 # as the program has it
NOBODY = 65534
# A point that old is on the disk.
DURABLE = 1.0


class Driver:
    """The program while it trains; what it prints is read as it comes."""

    def __init__(self, case, **options):
        self.process = subprocess.Popen(
            case.command("train", case.folder, case.train, case.dev), stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True, bufsize=1, env=case.environment, **options)
        case.drivers.append(self.process)
        self.lines = []
        self.steps = []
        self.thread = threading.Thread(target=self.read, daemon=True)
        self.thread.start()

    def read(self):
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))
            if line.startswith("step "):
                self.steps.append((time.monotonic(), int(line.split()[1])))

    def wait_for(self, start, seconds=60):
        """Waits for a line that begins so, and returns the rest of it."""
        end = time.monotonic() + seconds
        seen = 0
        while time.monotonic() < end:
            for line in self.lines[seen:]:
                if line.startswith(start):
                    return line[len(start):]
            seen = len(self.lines)
            if self.process.poll() is not None and not self.thread.is_alive():
                break
            time.sleep(0.005)
        raise AssertionError(f"no line {start!r} in {self.lines[-5:]}")

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.thread.join()
        self.close()

    def finish(self, seconds=120):
        self.process.wait(seconds)
        self.thread.join()
        self.close()
        return self.lines[-1]

    def close(self):
        self.process.stdin.close()
        self.process.stdout.close()

    def durable_step(self, moment):
        """The last step that was told at least so long ago."""
        return max([step for told, step in self.steps if told < moment - DURABLE], default=0)


class Run:
    def __init__(self, line):
        _, self.id, self.state, self.failure = line.split(" ", 3)
        self.points, self.epochs, self.notices = [], [], []


class Case:
    """A folder with data and a store."""

    def __init__(self, parent, driver, n_kills):
        self.parent = parent
        self.driver = driver
        self.n_kills = n_kills
        self.drivers = []
        self.prefix = []
        self.folder = os.path.join(parent, "data")
        self.train = os.path.join(parent, "train.tsv")
        self.dev = os.path.join(parent, "dev.tsv")
        self.environment = dict(os.environ, LC_ALL="C.UTF-8", XDG_CACHE_HOME=parent)
        os.mkdir(self.folder)
        for path, seed in ((self.train, 1), (self.dev, 2)):
            choose = random.Random(seed)
            with open(path, "w", encoding="utf-8") as file:
                file.write("sentence\tlabel\n")
                for _ in range(N_ROWS):
                    label = choose.randrange(2)
                    words = [choose.choice(["a", "film", "plot", "actor"]) for _ in range(6)]
                    words.insert(choose.randrange(7), ["dull", "bright"][label])
                    file.write(f"{' '.join(words)}\t{label}\n")

    def command(self, *arguments):
        return [*self.prefix, self.driver, *arguments]

    def dump(self):
        """Returns the runs, or why the store was refused."""
        result = subprocess.run(self.command("dump", self.folder), stdout=subprocess.PIPE, text=True,
                                env=self.environment, timeout=60, check=False)
        assert result.returncode in (0, 1), (result.returncode, result.stdout[-500:])
        runs = []
        for line in result.stdout.splitlines():
            if line.startswith("refused "):
                return line[len("refused "):]
            if line.startswith("run "):
                runs.append(Run(line))
            elif line.startswith("point "):
                runs[-1].points.append(line)
            elif line.startswith("epoch "):
                runs[-1].epochs.append(line)
            else:
                runs[-1].notices.append(line)
        return runs

    def train_whole(self):
        driver = Driver(self)
        assert driver.finish() == "ended finished ", driver.lines[-3:]
        return self.dump()[0]

    def path(self, run, name):
        return os.path.join(self.folder, "runs", run.id, name)

    def read(self, run, name):
        with open(self.path(run, name), "rb") as file:
            return file.read()


def check_same(case, whole, run):
    assert run.points == whole.points, first_difference(run.points, whole.points)
    assert run.epochs == whole.epochs, first_difference(run.epochs, whole.epochs)
    assert case.read(run, "model.safetensors") == case.read(whole, "model.safetensors")


def first_difference(lines, others):
    for number, (line, other) in enumerate(zip(lines, others)):
        if line != other:
            return number, line, other
    return len(lines), len(others)


def test_killed(case):
    """Killed at random moments, the run goes on and ends as if nothing had been."""
    choose = random.Random(4)
    whole = case.train_whole()
    finished = slow = 0
    for kill in range(case.n_kills):
        # Some live long enough to have points that are a second old.
        driver = Driver(case)
        try:
            driver.wait_for("run ")
            time.sleep(choose.random() * 0.15 + (0 if kill % 20 else 1.2))
            moment = time.monotonic()
        finally:
            driver.kill()
        durable = driver.durable_step(moment)
        slow += durable > 0
        runs = case.dump()
        assert isinstance(runs, list), runs
        run = runs[0]
        assert run.points == whole.points[:len(run.points)], first_difference(run.points, whole.points)
        assert run.epochs == whole.epochs[:len(run.epochs)]
        assert len(run.points) >= min(durable, len(whole.points)), (len(run.points), durable)
        assert run.state in ("interrupted", "finished", "queued"), (run.state, run.failure)
        for other in runs[1:]:
            assert other.state == "finished", (other.state, other.failure)
            check_same(case, whole, other)
        if run.state == "finished":
            finished += 1
    last = Driver(case)
    assert last.finish().startswith("ended finished"), last.lines[-3:]
    check_same(case, whole, case.dump()[0])
    print(f"# killed {case.n_kills} times, {slow} of them after a second of training; "
          f"{finished} had ended")


def flip(path, place, bit=0):
    with open(path, "r+b") as file:
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ (1 << bit)]))


def test_flipped(case):
    """A byte that flipped in a file of a run is found, and named; other runs do not suffer."""
    choose = random.Random(5)
    whole = case.train_whole()
    driver = Driver(case)
    driver.wait_for("step ")
    while not os.path.exists(os.path.join(case.folder, "runs", driver.wait_for("run "),
                                          "state.safetensors")):
        time.sleep(0.002)
    driver.kill()
    run = case.dump()[0]
    assert run.state == "interrupted", run.state
    spare = os.path.join(case.parent, "spare")
    shutil.copytree(case.folder, spare)
    for _ in range(25):
        name = choose.choice(["state.safetensors", "runs.db"])
        path = os.path.join(case.folder, name) if name == "runs.db" else case.path(run, name)
        flip(path, choose.randrange(os.path.getsize(path)), choose.randrange(8))
        if name == "runs.db":
            runs = case.dump()
            if isinstance(runs, list):
                for other in runs:
                    if other.state in ("finished", "interrupted") and not other.notices:
                        assert other.points == whole.points[:len(other.points)]
            else:
                assert "runs.db" in runs, runs
        else:
            driver = Driver(case)
            last = driver.finish()
            # A state whose own best model is damaged begins anew only when told so.
            assert last.startswith("ended failed") and name in last, last
            runs = case.dump()
            assert len(runs) == 2 and runs[1].points == whole.points
        shutil.rmtree(case.folder)
        shutil.copytree(spare, case.folder)
    driver = Driver(case)
    assert driver.finish().startswith("ended finished")
    check_same(case, whole, case.dump()[0])


def fill_disk(folder):
    file = os.open(os.path.join(folder, "filler"), os.O_WRONLY | os.O_CREAT)
    try:
        while True:
            os.write(file, bytes(4096))
    except OSError:
        os.close(file)


def test_full(case):
    """On a full disk the run waits, and goes on where there is space again."""
    small = case.folder
    size = "6m"
    if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "none", small],
                      stderr=subprocess.DEVNULL, check=False).returncode != 0:
        raise Skip("only the superuser may make a small disk")
    try:
        whole = None
        driver = Driver(case)
        driver.wait_for("step ")
        moment = time.monotonic()
        fill_disk(small)
        trouble = driver.wait_for("trouble ")
        assert case.folder in trouble and "space" in trouble, trouble
        driver.process.stdin.write("\n")
        time.sleep(0.3)
        assert driver.process.poll() is None, driver.lines[-3:]
        runs = case.dump()
        assert isinstance(runs, list), runs
        assert len(runs[0].points) >= driver.durable_step(moment), len(runs[0].points)
        os.remove(os.path.join(small, "filler"))
        while driver.process.poll() is None:
            try:
                driver.process.stdin.write("\n")
            except (OSError, ValueError):
                break
            time.sleep(0.2)
        assert driver.finish().startswith("ended finished"), driver.lines[-3:]
        run = case.dump()[0]
        assert run.state == "finished", (run.state, run.failure)
        whole = run
        shutil.rmtree(os.path.join(case.folder, "runs"))
        assert len(whole.points) == N_EPOCHS * N_ROWS // 8, len(whole.points)
    finally:
        subprocess.run(["umount", "-l", small], check=False)


def test_moved(case):
    """From a full disk a run goes on elsewhere, and loses nothing."""
    whole = case.train_whole()
    whole_model = case.read(whole, "model.safetensors")
    elsewhere = os.path.join(case.parent, "elsewhere")
    small = case.folder = os.path.join(case.parent, "small")
    os.mkdir(elsewhere)
    os.mkdir(small)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "none", small],
                      stderr=subprocess.DEVNULL, check=False).returncode != 0:
        raise Skip("only the superuser may make a small disk")
    try:
        driver = Driver(case)
        driver.wait_for("step ")
        fill_disk(small)
        driver.wait_for("trouble ")
        driver.process.stdin.write(f"{elsewhere}\n")
        moved = driver.wait_for("moved ")
        assert moved == os.path.join(elsewhere, "undertone"), moved
        assert driver.finish().startswith("ended finished"), driver.lines[-3:]
        old, = case.dump()
        assert old.state != "finished" and len(old.points) < len(whole.points), old.state
        case.folder = moved
        run, = case.dump()
        assert run.points == whole.points, first_difference(run.points, whole.points)
        assert run.epochs == whole.epochs
        assert case.read(run, "model.safetensors") == whole_model
    finally:
        subprocess.run(["umount", "-l", small], check=False)


def as_nobody(case):
    """Has the program run by a user who may not write everywhere."""
    if os.getuid() != 0:
        return
    if shutil.which("setpriv") is None:
        raise Skip("there is no setpriv to be another user than the superuser")
    copy = os.path.join(case.parent, "store-driver")
    shutil.copy(case.driver, copy)
    case.driver = copy
    case.prefix = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    for folder, _, names in os.walk(case.parent):
        for name in [folder, *[os.path.join(folder, name) for name in names]]:
            os.chown(name, NOBODY, NOBODY)


def test_forbidden(case):
    """Without permission nothing is lost; a store that may only be read is read."""
    as_nobody(case)
    whole = case.train_whole()
    driver = Driver(case)
    driver.wait_for("step ")
    folder = os.path.dirname(case.path(case.dump()[0], "x"))
    os.chmod(folder, 0o500)
    trouble = driver.wait_for("trouble ")
    assert folder in trouble, trouble
    os.chmod(folder, 0o700)
    driver.process.stdin.write("\n")
    assert driver.finish().startswith("ended finished"), driver.lines[-3:]
    check_same(case, whole, case.dump()[0])

    paths = [case.folder, os.path.join(case.folder, "runs.db")]
    modes = [os.stat(path).st_mode for path in paths]
    os.chmod(paths[1], 0o400)
    os.chmod(paths[0], 0o500)
    runs = case.dump()
    assert [run.state for run in runs] == ["finished", "finished"], runs
    assert runs[0].points == whole.points
    driver = Driver(case)
    line = driver.wait_for("refused ") if driver.process.wait(30) == 1 else driver.lines[-1]
    driver.finish()
    assert case.folder in line, line
    for path, mode in zip(paths, modes):
        os.chmod(path, mode)
    assert len(case.dump()) == 2


class Skip(Exception):
    pass


def main(driver, n_kills):
    tests = [test_killed, test_flipped, test_full, test_moved, test_forbidden]
    failed = False
    print(f"1..{len(tests)}", flush=True)
    for number, test in enumerate(tests, 1):
        parent = tempfile.mkdtemp(prefix="undertone-faults-")
        os.chmod(parent, 0o755)
        case = Case(parent, driver, n_kills)
        try:
            test(case)
            print(f"ok {number} {test.__name__}", flush=True)
        except Skip as skip:
            print(f"ok {number} {test.__name__} # SKIP {skip}", flush=True)
        except (AssertionError, OSError, subprocess.TimeoutExpired) as error:
            failed = True
            print(f"not ok {number} {test.__name__}: {type(error).__name__} {error}", flush=True)
        finally:
            for process in case.drivers:
                process.kill()
            shutil.rmtree(parent, ignore_errors=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(os.path.abspath(sys.argv[1]), int(sys.argv[2])))
