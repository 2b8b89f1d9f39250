#!/usr/bin/env python3
"""Plays the same commands with two builds of cramp and compares every byte of what they say and write.

    compare.py OLD NEW [WORK_DIR] [--numbers] [--diaries DIR] [--only WORD] [--show N]

README.md beside this file says more.
"""

import argparse
import concurrent.futures
import hashlib
import json
import os
import pickle
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import zlib
from pathlib import Path

sys.dont_write_bytecode = True  # nothing is left beside the sources
from scenarios import Run, Change, Put, all_scenarios

HERE = Path(__file__).resolve().parent
LIMIT_S = 120
# The name of a half-written file holds the number of the process.
PART = re.compile(rb"\.\d+\.part")
# What the size and the hash of an encrypted backup show on: another salt each time.
SEALED = re.compile(rb"(\d+ bytes|\"bytes\": \d+|\"sha256\": \"[0-9a-f]+\")")


# ---- playing -------------------------------------------------------------------------------------------------------


def sha(data):
    return hashlib.sha256(data).hexdigest()


class Files:
    """The files under a folder, and which changed since the last look."""

    def __init__(self, root, blobs):
        self.root, self.blobs, self.known = root, blobs, {}

    def changed(self):
        found, said = {}, {}
        for folder, folders, names in os.walk(self.root):
            folders.sort()
            for name in names:
                path = os.path.join(folder, name)
                stat = os.lstat(path)
                found[path] = (stat.st_mtime_ns, stat.st_size, stat.st_ino, stat.st_mode)
        for path, mark in found.items():
            if self.known.get(path) != mark:
                with open(path, "rb") as file:
                    data = file.read()
                name = os.path.relpath(path, self.root)
                # Encrypted: another salt each time.
                if data.startswith(b"age-encryption.org/v1") or name.endswith(".age"):
                    data = b"(encrypted)"
                elif name.endswith(".age.json"):
                    data = SEALED.sub(b"(encrypted)", data)
                said[name] = (keep(self.blobs, data), oct(mark[3] & 0o777))
        for path in self.known.keys() - found.keys():
            said[os.path.relpath(path, self.root)] = ("gone", "")
        self.known = found
        return said


def keep(blobs, data):
    name = sha(data)
    place = os.path.join(blobs, name)
    if not os.path.exists(place):
        draft = f"{place}.{os.getpid()}"
        with open(draft, "wb") as file:
            file.write(data)
        os.rename(draft, place)
    return name


def typed(binary, argv, cwd, env, text):
    """Runs with a terminal as standard input on which `text` was typed."""
    master, slave = os.openpty()
    try:
        os.write(master, text.encode() + b"\x04")
        return subprocess.run(
            [binary, *argv], cwd=cwd, env=env, stdin=slave, capture_output=True, start_new_session=True, timeout=LIMIT_S
        )
    finally:
        os.close(slave)
        os.close(master)


def play(binary, steps, cell, blobs, trees, begin):
    """Plays the steps in the folder `cell` and gives [code, out, err, files] of each."""
    shutil.rmtree(cell, ignore_errors=True)
    here, home = os.path.join(cell, "here"), os.path.join(cell, "home")
    os.makedirs(here)
    os.makedirs(home)
    if begin:
        shutil.copytree(os.path.join(trees, begin), here, dirs_exist_ok=True)
    files = Files(cell, blobs)
    files.changed()
    said = []
    for step in steps:
        if isinstance(step, Put):
            place = os.path.join(here, step.path)
            os.makedirs(os.path.dirname(place), exist_ok=True)
            with open(place, "wb") as file:
                file.write(step.data)
            files.changed()
            said.append(None)
            continue
        if isinstance(step, Change):
            step.apply(here)
            files.changed()
            said.append(None)
            continue
        env = {
            "PATH": "/usr/bin:/bin",
            "HOME": home,
            "XDG_DATA_HOME": os.path.join(home, "data"),
            "LANG": "C.UTF-8",
            "TZ": step.zone,
            "NIGHTCRAMP_NOW": step.now,
            **dict(step.env),
        }
        try:
            if step.typing is not None:
                done = typed(binary, step.argv, here, env, step.typing)
            else:
                piped = (step.piping or "").encode()
                done = subprocess.run(
                    [binary, *step.argv], cwd=here, env=env, input=piped, capture_output=True, timeout=LIMIT_S
                )
            code, out, err = done.returncode, done.stdout, done.stderr
        except subprocess.TimeoutExpired:
            code, out, err = "no end", b"", b""
        if "--encrypt" in step.argv:
            out = SEALED.sub(b"(encrypted)", out)
        out, err = (keep(blobs, PART.sub(b".N.part", text)) for text in (out, err))
        said.append((code, out, err, files.changed()))
    return said


def recorded(binary, mark, scenario, work, cells, reuse):
    """What the binary says to a scenario: played, or read back when the same was played before."""
    trees, blobs = os.path.join(work, "trees", mark), os.path.join(work, "blobs")
    engine = (HERE / "compare.py").read_bytes()
    key = sha(mark.encode() + engine + cells.encode() + pickle.dumps((scenario.begin, scenario.steps), 4))
    place = os.path.join(work, "recordings", key)
    tree = os.path.join(trees, scenario.name)
    if reuse and os.path.exists(place) and (not scenario.kept or os.path.isdir(tree)):
        with open(place, "rb") as file:
            return pickle.load(file)
    cell = os.path.join(cells, scenario.name.replace("/", "-"))
    said = play(binary, scenario.steps, cell, blobs, trees, scenario.begin)
    if scenario.kept:
        shutil.rmtree(tree, ignore_errors=True)
        shutil.copytree(os.path.join(cell, "here"), tree)
    shutil.rmtree(cell, ignore_errors=True)
    with open(place, "wb") as file:
        pickle.dump(said, file)
    return said


# ---- comparing -----------------------------------------------------------------------------------------------------


class Difference:
    def __init__(self, scenario, step, line, kind, old, new, family):
        self.scenario, self.step, self.line, self.kind = scenario, step, line, kind
        self.old, self.new, self.family = old, new, family

    def __str__(self):
        where = f"{self.scenario}:{self.step}"
        return f"{where}  cramp {self.line}  [{self.kind}]  {self.old}  ->  {self.new}"


def short(text, width=160):
    text = repr(text)
    return text if len(text) <= width else text[:width] + "…"


def first_difference(old, new):
    """The first differing line of two texts, or place of two files of bytes."""
    try:
        a, b = old.decode().split("\n"), new.decode().split("\n")
    except UnicodeDecodeError:
        at = next((i for i, (x, y) in enumerate(zip(old, new)) if x != y), min(len(old), len(new)))
        return (
            f"{len(old)} bytes, at {at}: {old[at:at + 12].hex()}",
            f"{len(new)} bytes, at {at}: {new[at:at + 12].hex()}",
        )
    for number, (x, y) in enumerate(zip(a, b), 1):
        if x != y:
            # a long line is shown from shortly before its first difference
            at = next((i for i, (p, q) in enumerate(zip(x, y)) if p != q), min(len(x), len(y)))
            cut = max(0, at - 60)
            return f"line {number}: {short(x[cut:])}", short(y[cut:])
    longer = a if len(a) > len(b) else b
    number = min(len(a), len(b)) + 1
    extra = short(longer[number - 1])
    return (f"line {number}: {extra}", "(no such line)") if longer is a else (f"line {number}: (no such line)", extra)


def unpacked(data):
    """A PDF with its compressed streams opened, so that a difference can be read."""
    def opened(match):
        try:
            return b"stream\n" + zlib.decompress(match[1]) + b"endstream"
        except zlib.error:
            return match[0]
    return re.sub(rb"stream\r?\n(.*?)endstream", opened, data, flags=re.S).decode("latin-1").encode()


def rows(data, work):
    """The schema and every row of an SQLite file as text, without how its pages lie."""
    handle, path = tempfile.mkstemp(dir=work)
    os.write(handle, data)
    os.close(handle)
    try:
        base = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
        base.text_factory = bytes
        told = []
        for pragma in ("user_version", "application_id", "journal_mode", "page_size"):
            told.append(f"{pragma} {base.execute('PRAGMA ' + pragma).fetchone()[0]!r}")
        schema = base.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
        told += [f"{name!r} {sql!r}" for name, sql in schema]
        tables = base.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        for (name,) in tables:
            name = name.decode()
            found = base.execute(f'SELECT * FROM "{name}"').fetchall()
            told += [f"{name}: {row!r}" for row in sorted(found, key=repr)]
        base.close()
        return "\n".join(told).encode()
    except sqlite3.Error as error:
        return f"not readable: {error}".encode() + data
    finally:
        os.unlink(path)


def as_json(data):
    try:
        return json.loads(data)
    except ValueError:
        return None


def unequal(old, new, path="$"):
    """Where two JSON values differ by more than 1e-9, or None."""
    number = (int, float)
    if isinstance(old, number) and isinstance(new, number) and not isinstance(old, bool) and not isinstance(new, bool):
        if abs(old - new) <= 1e-9 * max(1.0, abs(old), abs(new)):
            return None
        return path, old, new
    if type(old) is not type(new):
        return path, old, new
    if isinstance(old, dict):
        for key in list(old) + [k for k in new if k not in old]:
            if key not in old or key not in new:
                return f"{path}.{key}", old.get(key, "(none)"), new.get(key, "(none)")
            found = unequal(old[key], new[key], f"{path}.{key}")
            if found:
                return found
        return None
    if isinstance(old, list):
        for index, (x, y) in enumerate(zip(old, new)):
            found = unequal(x, y, f"{path}[{index}]")
            if found:
                return found
        return None if len(old) == len(new) else (f"{path}.length", len(old), len(new))
    return None if old == new else (path, old, new)


def family(argv):
    """The name of a command, for grouping."""
    words, skip = [], False
    for word in argv:
        if skip:
            skip = False
        elif word in ("--diary", "--now", "--color", "--seed"):
            skip = True
        elif not word.startswith("-"):
            words.append(word)
    two = words[:1] and words[0] in ("chart", "course", "factor", "help", "man")
    return " ".join(words[: 2 if two else 1]) or "(status)"


def compare_bytes(kind, old, new, numbers, work):
    """How two unequal contents differ: (kind, old, new), or None when they count as equal."""
    if old.startswith(b"SQLite format 3\0") and new.startswith(b"SQLite format 3\0"):
        a, b = rows(old, work), rows(new, work)
        if a == b:
            return (kind + ", layout only", f"{len(old)} bytes", f"{len(new)} bytes")
        return (kind + ", rows", *first_difference(a, b))
    if numbers:
        a, b = as_json(old), as_json(new)
        if a is not None and b is not None:
            found = unequal(a, b)
            if found is None:
                return None
            return (kind + ", value", f"{found[0]}: {short(found[1])}", short(found[2]))
    if old.startswith(b"%PDF") and new.startswith(b"%PDF"):
        a, b = unpacked(old), unpacked(new)
        if a != b:
            return (kind, *first_difference(a, b))
    return (kind, *first_difference(old, new))


def compare(scenario, old, new, numbers, work):
    blobs = os.path.join(work, "blobs")

    def blob(name):
        with open(os.path.join(blobs, name), "rb") as file:
            return file.read()

    found = []
    for number, (step, a, b) in enumerate(zip(scenario.steps, old, new), 1):
        if not isinstance(step, Run):
            continue

        def note(difference):
            if difference:
                kind, x, y = difference
                line = " ".join(w if w and " " not in w else f'"{w}"' for w in step.argv)
                found.append(Difference(scenario.name, number, line[:200], kind, x, y, family(step.argv)))

        if a[0] != b[0]:
            note(("exit code", a[0], b[0]))
        for kind, x, y in (("stdout", a[1], b[1]), ("stderr", a[2], b[2])):
            if x != y:
                note(compare_bytes(kind, blob(x), blob(y), numbers, work))
        for path in sorted(a[3].keys() | b[3].keys()):
            x, y = a[3].get(path, ("unchanged", "")), b[3].get(path, ("unchanged", ""))
            if x == y:
                continue
            if x[0] == y[0]:
                note((f"mode of {path}", x[1], y[1]))
            elif {x[0], y[0]} & {"gone", "unchanged"}:
                word = lambda v: v if v in ("gone", "unchanged") else "written"
                note((f"file {path}", word(x[0]), word(y[0])))
            else:
                note(compare_bytes(f"file {path}", blob(x[0]), blob(y[0]), numbers, work))
    return found


# ---- the whole -----------------------------------------------------------------------------------------------------


def one(old, new, marks, scenario, work, cells, reuse, numbers):
    began = time.monotonic()
    a = recorded(old, marks[0], scenario, work, cells, reuse)
    # the same binary twice is still played twice: that is how chance is found
    b = recorded(new, marks[1], scenario, work, cells, reuse)
    return scenario, compare(scenario, a, b, numbers, work), time.monotonic() - began


def grouped(differences):
    """By command, then by what differs, the commonest first."""
    families = {}
    for d in differences:
        kind = re.sub(r"^(file|mode of) .*\.(\w+)", r"\1 .\2", d.kind)
        # $.factors[3].p -> $.factors[].p, and a text without its line number
        old = re.sub(r"\[\d+\]", "[]", d.old.split(": ")[0]) if "value" in kind else re.sub(r"^line \d+: ", "", str(d.old))
        new = "" if "value" in kind else str(d.new)
        families.setdefault(d.family, {}).setdefault((kind, old, new), []).append(d)
    for name, kinds in sorted(families.items()):
        yield f"{name}: {sum(map(len, kinds.values()))} differences"
        for (kind, old, new), list_ in sorted(kinds.items(), key=lambda k: -len(k[1])):
            d = list_[0]
            yield f"  {len(list_)} x [{kind}]  {d.old}  ->  {d.new}    ({d.scenario}:{d.step} cramp {d.line})"


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("old")
    ask.add_argument("new")
    ask.add_argument("work", nargs="?", help="kept between runs: what a binary said before is not played again")
    ask.add_argument("--numbers", action="store_true", help="JSON within 1e-9; the rest grouped by command")
    ask.add_argument("--group", action="store_true", help="every byte counts, but the report is grouped by command")
    ask.add_argument("--diaries", help="a folder of diaries as CSV folders, each imported and looked at")
    ask.add_argument("--only", action="append", help="scenarios whose name holds this word; may be given again")
    ask.add_argument("--layout", action="store_true", help="how the pages of a diary file lie counts, too")
    ask.add_argument("--show", type=int, default=200, help="differences printed; all are in WORK_DIR/differences.txt")
    ask.add_argument("--list", action="store_true", help="only name the scenarios")
    ask.add_argument("--jobs", type=int, default=2)
    args = ask.parse_args()

    began = time.monotonic()
    old, new = (os.path.abspath(p) for p in (args.old, args.new))
    # Every write is synced: in memory that costs nothing.
    memory = "/dev/shm" if os.path.isdir("/dev/shm") and os.access("/dev/shm", os.W_OK) else None
    work = os.path.abspath(args.work or tempfile.mkdtemp(prefix="compare-", dir=memory))
    # The same name in every run, as it shows in what is said.
    cells = os.path.join(memory, f"cells-{sha(work.encode())[:8]}") if memory else os.path.join(work, "cells")
    for folder in ("blobs", "recordings", "trees"):
        os.makedirs(os.path.join(work, folder), exist_ok=True)
    os.makedirs(cells, exist_ok=True)
    marks = [sha(Path(p).read_bytes())[:16] for p in (old, new)]
    if marks[0] == marks[1]:
        marks[1] += "-again"

    scenarios = all_scenarios(old, args.diaries, cells)
    if args.only:
        begins = {s.begin for s in scenarios if any(w in s.name for w in args.only)}
        scenarios = [s for s in scenarios if any(w in s.name for w in args.only) or s.name in begins]
    if args.list:
        shutil.rmtree(cells, ignore_errors=True)
        for s in scenarios:
            print(f"{s.name}: {sum(isinstance(x, Run) for x in s.steps)} commands")
        return 0

    differences, times = [], []
    with concurrent.futures.ProcessPoolExecutor(args.jobs) as pool:
        for wave in (True, False):  # first what others begin from
            jobs = [
                pool.submit(one, old, new, marks, s, work, cells, args.work is not None, args.numbers)
                for s in sorted(scenarios, key=lambda s: (s.name != "demo-safe", -len(s.steps)))
                if s.kept == wave
            ]
            for job in jobs:
                scenario, found, seconds = job.result()
                differences += found
                times.append((seconds, scenario.name))

    layout = [d for d in differences if d.kind.endswith("layout only")]
    counted = differences if args.layout else [d for d in differences if d not in layout]
    lines = list(grouped(counted)) if args.numbers or args.group else [str(d) for d in counted]
    with open(os.path.join(work, "differences.txt"), "w") as file:
        file.write("".join(line + "\n" for line in lines))
    for line in lines[: args.show]:
        print(line)
    if len(lines) > args.show:
        print(f"… {len(lines) - args.show} more lines in {os.path.join(work, 'differences.txt')}")
    if layout and not args.layout:
        print(f"note: {len(layout)} diary files hold the same rows in another layout (--layout counts them)")
    commands = sum(isinstance(x, Run) for s in scenarios for x in s.steps)
    print(
        f"{len(counted)} differences in {len({(d.scenario, d.step) for d in counted})} of {commands} commands, "
        f"{len(scenarios)} scenarios, {time.monotonic() - began:.0f} s"
    )
    if os.environ.get("COMPARE_TIMES"):
        for seconds, name in sorted(times)[-10:]:
            print(f"  {seconds:6.1f} s  {name}")
    shutil.rmtree(cells, ignore_errors=True)
    if args.work is None:
        shutil.rmtree(work, ignore_errors=True) if not counted else print(f"kept: {work}")
    return 1 if counted else 0


if __name__ == "__main__":
    sys.exit(main())
