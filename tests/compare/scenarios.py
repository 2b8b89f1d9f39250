"""What is played: lists of commands, each from an empty folder or from the made-up diary."""

import csv
import io
import json
import os
import re
import subprocess
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
NOW = "2026-03-04T08:00:00Z"
DEMO = ["--diary", "demo-diary/diary.sqlite"]
LOOKS = {
    "json": ["--json"],
    "plain": ["--plain"],
    "text": [],
    "color": ["--color", "always"],
}
KEY = "AGE-SECRET-KEY-1KZRS3WJXQE6LPGWZJNVL3QVFEZSEM8W0TVH46MTWP9VDYCT9S3ES5MFA62\n"
PUBLIC = "age13cnhxprtztn25s3j346yvf8drwvm0qqsapll5jq89ss4szczlvaqms4qnr"


@dataclass(frozen=True)
class Run:
    argv: tuple
    now: str = NOW
    zone: str = "Europe/London"
    typing: str = None  # typed on a terminal
    piping: str = None
    env: tuple = ()


@dataclass(frozen=True)
class Put:
    path: str
    data: bytes


@dataclass(frozen=True)
class Change:
    """A file copied, cut or damaged, the same way on both sides."""

    path: str
    how: str  # copy, cut, flip, remove
    arg: object = None

    def apply(self, here):
        path = os.path.join(here, self.path)
        if self.how == "copy":
            with open(path, "rb") as a, open(os.path.join(here, self.arg), "wb") as b:
                b.write(a.read())
            return
        if self.how == "remove":
            os.path.exists(path) and os.unlink(path)
            return
        if not os.path.exists(path):
            return
        with open(path, "r+b") as file:
            if self.how == "cut":
                file.truncate(self.arg)
            else:
                at, data = self.arg
                file.seek(at)
                file.write(data)


@dataclass
class Scenario:
    name: str
    steps: list = field(default_factory=list)
    begin: str = None
    kept: bool = False  # others begin from it

    def run(self, line, **how):
        self.steps.append(Run(tuple(line if isinstance(line, (list, tuple)) else words(line)), **how))
        return self


def words(line):
    """Split at spaces; double quotes keep words together; \\n, \\t and \\xHH stand for characters."""
    line = re.sub(
        r"\\(x[0-9a-f]{2}|u\{[0-9a-f]+\}|[nt0])",
        lambda m: {"n": "\n", "t": "\t", "0": "\0"}.get(m[1]) or chr(int(re.sub("[xu{}]", "", m[1]), 16)),
        line,
    )
    found, word, quoted = [], None, False
    for c in line:
        if c == '"':
            quoted = not quoted
            word = word or ""
        elif c == " " and not quoted:
            if word is not None:
                found.append(word)
            word = None
        else:
            word = (word or "") + c
    return found + ([word] if word is not None else [])


def looked_at(s, first=(), now=NOW, zone="Europe/London", full=True):
    """Everything that reads a diary, after it was written."""
    lines = [
        "", "list --last 400n", "list --last 400n --json", "history", "history --json", "week", "week --json",
        "trend", "trend --json", "flags --why", "flags --json", "me", "me --json", "course list", "factor list",
        "check", "analyze", "analyze --json", "export csv", "export whole --format json", "report --json --out page.json",
    ]  # fmt: skip
    if full:
        lines += ["list --plain", "history --plain", "report --out page.html", "chart timeline --out t.svg", "restore --list"]
    for line in lines:
        s.run([*first, *words(line)], now=now, zone=zone)


# ---- the made-up diary ---------------------------------------------------------------------------------------------


def ask_binary(binary, cell, *argv):
    env = {"PATH": "/usr/bin:/bin", "HOME": cell, "LANG": "C.UTF-8", "NIGHTCRAMP_NOW": NOW, "NIGHTCRAMP_DIARY": "none.db"}
    return subprocess.run([binary, *argv], cwd=cell, env=env, capture_output=True, check=True).stdout.decode()


def demo(binary, cell):
    factors = [f["factor"] for f in json.loads(ask_binary(binary, cell, "factor", "list", "--json"))["factors"]]
    rules = [r["id"] for r in json.loads(ask_binary(binary, cell, "flags", "--rules", "--json"))["rules"]]
    help_ = ask_binary(binary, cell, "help")
    commands = re.findall(r"^  ([a-z]+) ", help_.split("Commands:")[1].split("Options:")[0], re.M)
    topics = re.findall(r"^  ([a-z]+) ", help_.split("Topics (")[1], re.M)
    assert len(factors) > 20 and len(rules) > 20 and len(commands) > 25 and len(topics) > 8

    yield Scenario("demo", kept=True).run("demo")
    s = Scenario("demo-others")
    for line in (
        "demo --json", "demo --seed 7 other", "demo other", "demo --plain more", "demo --color always more",
        "--diary other/diary.sqlite demo other", "--diary x.db demo",
        "--now 2024-07-01T22:00:00+02:00 demo summer", "--seed 99999 demo s --json",
    ):  # fmt: skip
        s.run(line)
    s.run("demo far", zone="America/New_York").run("demo zone", zone="Asia/Kathmandu")
    s.run("demo ascii", env=(("LANG", "C"),)).run("demo narrow", env=(("COLUMNS", "50"),))
    s.steps.append(Put("mine/letter.txt", b"dear"))
    s.run("demo mine").run("demo mine/letter.txt")
    yield s

    read = (
        ["", "week", "trend", "analyze", "analyze --all-numbers", "flags", "flags --why", "flags --rules", "list",
         "list --last 7n", "list --last 400n", "list --since 2026-01-01 --until 2026-01-20", "history", "me",
         "me --list", "symptom --list", "log --words", "factor list", "course list", "check", "locate",
         "restore --list", "flags --exit-code", "analyze --self-test 20", "report", "help", "help sources", "show last"]
        + [f"week --ending {d}" for d in ("2026-03-03", "2026-02-15", "2025-12-31", "2025-10-26", "2025-09-10",
                                          "2025-01-01", "-5", "last", "tonight", "2027-01-01", "soon")]
        + [f"{c} --until {d}" for c in ("trend", "analyze", "explain exercise")
           for d in ("2026-01-15", "2025-10-30", "2025-09-08", "2020-01-01", "-30", "2027-01-01", "3/4")]
        + [f"flags --as-of {d}" for d in ("2026-01-15", "2025-10-30", "2025-09-08", "2020-01-01", "-3", "2027-01-01")]
        + [f"show {i}" for i in ("1", "2", "17", "60", "999", "c1", "c2", "c3", "c9", "i1", "i2", "s1", "s2", "p1",
                                 "p2", "e1", "x1", "2026-03-03", "2026-02-10", "2025-12-25", "-1", "2026-03-03:room",
                                 "factor:room", "nonsense", "c", "1x")]
        + [f"chart {k}" for k in ("timeline", "calendar", "clock", "factors", "trend", "pie")]
        + [f"chart {k} --from 2025-11-01 --to 2026-01-31" for k in ("timeline", "calendar", "clock", "factors", "trend")]
        + [f"help {t}" for t in topics]
    )  # fmt: skip
    for look, more in LOOKS.items():
        s = Scenario(f"demo-{look}", begin="demo")
        for line in read:
            s.run([*DEMO, *words(line), *more])
        yield s
        s = Scenario(f"demo-explain-{look}", begin="demo")
        for factor in [*factors, "exrcise", "magnesium", "weekday", "season"]:
            s.run([*DEMO, "explain", factor, *more])
        yield s
    for name, env in (("ascii", (("LANG", "C"),)), ("narrow", (("COLUMNS", "50"),)), ("wide", (("COLUMNS", "200"),))):
        s = Scenario(f"demo-{name}", begin="demo")
        for line in read:
            s.run([*DEMO, *words(line)], env=env)
            s.run([*DEMO, *words(line), "--color", "always"], env=env)
        yield s
    s = Scenario("demo-time", begin="demo")
    for now in ("2026-03-05T11:59:00Z", "2026-03-05T12:01:00Z", "2026-03-29T00:59:59Z", "2026-03-29T01:00:00Z",
                "2026-06-01T10:00:00Z", "2028-02-29T23:59:59Z"):  # fmt: skip
        for zone in ("Europe/London", "America/New_York", "Pacific/Kiritimati", "Nowhere/Land", ""):
            for line in ("", "week", "trend", "flags", "list --last 3n", "analyze --json"):
                s.run([*DEMO, *words(line)], now=now, zone=zone)
    yield s

    s = Scenario("demo-pictures", begin="demo")
    for kind in ("timeline", "calendar", "clock", "factors", "trend"):
        for form in ("svg", "png", "pdf"):
            s.run([*DEMO, "chart", kind, "--out", f"{kind}.{form}"])
            s.run([*DEMO, "report", "--verify", f"{kind}.{form}"])
            s.run([*DEMO, "chart", kind, "--out", f"{kind}-part.{form}", "--from", "2025-12-01", "--to", "2026-01-31"])
            s.run([*DEMO, "chart", kind, "--out", f"{kind}-early.{form}", "--to", "2025-09-20", "--json"])
        s.run([*DEMO, "chart", kind, "--out", f"{kind}.html"]).run([*DEMO, "chart", kind, "--out", "nowhere/x.svg"])
        s.run([*DEMO, "chart", kind, "--from", "2026-02-02", "--to", "2026-02-01", "--json"])
    yield s
    s = Scenario("demo-pages", begin="demo")
    for form in ("pdf", "html", "svg", "png", "json"):
        s.run([*DEMO, "report", "--out", f"page.{form}"])
        s.run([*DEMO, "report", "--out", f"page.{form}", "--json"])
        s.run([*DEMO, "report", "--verify", f"page.{form}"])
        s.run([*DEMO, "report", "--verify", f"page.{form}", "--json"])
        s.run([*DEMO, "report", "--out", f"letter.{form}", "--paper", "letter", "--from", "2025-11-01", "--to", "2026-02-28"])
        s.run([*DEMO, "report", "--out", f"short.{form}", "--from", "2026-02-25"])
        s.run([*DEMO, "report", "--out", f"whole.{form}", "--from", "2025-01-01"])
        s.run([*DEMO, "report", "--out", f"early.{form}", "--to", "2025-10-05"])
    s.run([*DEMO, "me", "initials=AB", 'question+=Could the water tablets do this?', "question+=And <b>this</b> & that?"])
    s.run([*DEMO, "exclude", "2026-02-01", "2026-02-05", "fever and a very long line of words about it " * 3])
    s.run([*DEMO, "course", "start", "furosemide", "40mg", "2026-01-10", "reason=swollen legs"])
    s.run([*DEMO, "symptom", "swelling", "left", "4", "since=2026-02-20"])
    s.run([*DEMO, "log", "03:33", "left", "9", "15min", "قلبي ومאוד <note> & 😖"])
    for form in ("pdf", "html", "svg", "png", "json"):
        s.run([*DEMO, "report", "--out", f"after.{form}"])
        s.run([*DEMO, "report", "--verify", f"page.{form}"])
        s.run([*DEMO, "report", "--verify", f"after.{form}"])
    s.run([*DEMO, "report", "--out", "page.doc"]).run([*DEMO, "report", "--out", "nowhere/page.pdf"])
    s.run([*DEMO, "report", "--verify", "none.pdf"]).run([*DEMO, "report", "--from", "2026-03-01", "--to", "2026-02-01"])
    yield s

    s = Scenario("demo-out-and-in", begin="demo")
    for line in (
        "export csv", "export csv --json", "export csv", "export whole --format json", "export whole --format json --json",
        "export csv --format json", "export whole", "export --plain plain", "export demo-diary",
    ):  # fmt: skip
        s.run([*DEMO, *words(line)])
    for source in ("csv", "whole", "csv/nights.csv", "csv/episodes.csv", "csv/context.csv", "whole/diary.json", "csv/diary.json"):
        base = ["--diary", source.replace("/", "-") + ".db"]
        for line in (
            f"import {source} --dry-run", f"import {source} --dry-run --json", f"import {source}", f"import {source}",
            f"import {source} --json", "check", "list --last 20n", "analyze --json", "week", "history",
            f"export {source.replace('/', '-')}-again", "undo", "undo", "redo",
        ):  # fmt: skip
            s.run([*base, *words(line)])
    s.run([*DEMO, "import", "csv"]).run([*DEMO, "import", "csv", "--json"]).run([*DEMO, "import", "nowhere"])
    yield s

    s = Scenario("demo-safe", begin="demo")
    s.steps += [Put("words", b"correct horse\n"), Put("wrong", b"other\n"), Put("empty", b"\n"), Put("key", KEY.encode())]
    s.steps += [Put("theirs.age", (HERE.parent / "diaries" / "by-age.age").read_bytes())]
    for line in (
        "check --json", "locate --json", "backup", "backup", "backup --json", "backup --out usb/copy.db", "restore --list",
        "backup --out copy.db", "backup --out copy.db", "backup --out copy.db --json", "backup --out two.db --json",
        "log 03:10 left calf 6", "night 2026-03-02 calm", "delete 1", "delete 2 --forget --yes", "history --plain",
        "restore copy.db", "check", "undo", "redo", "history", "restore copy.db --json", "restore two.db", "restore nowhere.db",
        "restore --list --json", "restore words", "restore demo-diary", "backup --encrypt", "restore",
        "backup --out copy.age --encrypt --passphrase-file words", "restore copy.age --passphrase-file wrong",
        "restore copy.age --passphrase-file empty", "restore copy.age --passphrase-file nowhere", "restore copy.age",
        "restore copy.age --passphrase-file words", "restore copy.age --identity key",
        f"backup --out key.age --encrypt --recipient {PUBLIC}", "restore key.age --identity key",
        "backup --out x.age --encrypt --recipient age1abc", "restore key.age --identity words",
        "restore key.age --passphrase-file words", "restore theirs.age --identity key", "undo", "list --last 3n",
        "backup --out Dropbox/copy.db", "recover", "recover --json", "recover --out saved.db", "recover nowhere.db",
        "recover copy.db --out saved2.db --json", "delete 1 --forget", "check --plain",
    ):  # fmt: skip
        s.run([*DEMO, *words(line)])
    s.run([*DEMO, "delete", "5", "--forget"], typing="n\n").run([*DEMO, "delete", "5", "--forget"], typing="y\n")
    s.run([*DEMO, "backup", "--out", "p.age", "--encrypt"], piping="a b c\n")
    s.run([*DEMO, "restore", "p.age"], piping="a b c\n").run([*DEMO, "restore", "p.age"], piping="wrong\n")
    s.run([*DEMO, "log", "03:00"], now="2026-03-05T08:00:00Z").run([*DEMO, "restore", "--list"], now="2026-03-05T08:00:00Z")
    for day in range(6, 28):
        s.run([*DEMO, "log", "03:00", f"severity={day % 11}"], now=f"2026-03-{day:02}T08:00:00Z")
    s.run([*DEMO, "restore", "--list"], now="2026-03-28T08:00:00Z")
    yield s

    s = Scenario("demo-marks", begin="demo")
    for rule in rules:
        s.run([*DEMO, "flags", "--seen", rule])
        s.run([*DEMO, "flags", "--discussed", rule, "2026-03-01", "all fine"])
    for line in ("flags", "flags --why", "flags --json", "history", "undo", "flags --seen nonsense", "flags --seen red-dvd",
                 "flags --discussed red-dvt", "flags --discussed red-dvt soon", "flags --discussed red-dvt -3 --json",
                 "flags --rules --why", "flags --exit-code --json", "flags --plain"):  # fmt: skip
        s.run([*DEMO, *words(line)])
    yield s

    s = Scenario("demo-edits", begin="demo")
    for line in (
        "edit 1 severity=9", "edit 3 right +heat", "edit 3 left", "edit c1 stop=2026-03-01", "edit 2026-03-01 room=17C",
        "edit 2026-03-02 note=windy", "delete 4 5 6", "undo", "undo", "undo", "redo", "redo", "undo --json", "redo --json",
        "delete c1", "delete 2026-02-20", "night 2026-02-20 calm", "factor retire room", "factor list", "night room=17C",
        "undo", "factor add tea type=choice choices=none,black", "night tea=black", "explain tea", "analyze", "analyze",
        "analyze --json", "explain room", "list --last 20n", "history --json", "check", "export out", "log 04:44 both 10 1h",
        "log 04:44 --json", "exclude -20 -10 travel", "week", "trend --json", "analyze --json", "event flood", "trend",
        "delete --forget --yes 7", "delete --forget --yes 2026-02-11", "undo", "history", "check --json",
    ):  # fmt: skip
        s.run([*DEMO, *words(line)])
    s.run([*DEMO, "ask", "week"], typing="y\nn\n\n<\ny\n?\nmaybe\nn\n" + "\n" * 60)
    s.run([*DEMO, "ask"], typing="y\n3am\nleft\n6\n" + "\n" * 60)
    s.run([*DEMO, "ask", "symptoms"], typing="y\nn\n?\n" + "\n" * 40)
    s.run([*DEMO, "list", "--last", "8n"]).run([*DEMO, "history"])
    yield s

    s = Scenario("words-about-itself")
    for line in (["help", "--help", "-h", "--version", "-V", "help wek", "help course start", "help course strt", "man", "man wek",
                  "man --out pages", "completions", "completions tcsh", "wek", "--nonsense", "log --nonsense", "--color red week",
                  "--seed x week", "--now soon week", "course", "factor", "help nowhere", "help --json", "--json wek", "--json"]
                 + [f"completions {shell}" for shell in ("bash", "elvish", "fish", "powershell", "zsh")]):  # fmt: skip
        s.run(line)
    for name in [*commands, *topics]:
        for line in (f"help {name}", f"help {name} --json", f"man {name}", f"{name} --help", f"{name} -h"):
            s.run(line)
        s.run(f"help {name}", env=(("COLUMNS", "50"),))
        s.run(f"help {name} --plain")
        # each command with no words, and with words it cannot want, where there is no diary
        s.run(name).run(f"{name} --json").run(f"{name} --plain --nonsense").run(f"{name} qqq www --json").run(f"{name} qqq")
    for name in ("start", "stop", "list"):
        s.run(f"course {name} --help").run(f"help course {name}").run(f"course {name}")
    for name in ("list", "add", "retire"):
        s.run(f"factor {name} --help").run(f"help factor {name}").run(f"factor {name}").run(f"factor {name} --json")
    yield s

    s = Scenario("no-diary")
    for look in ([], ["--json"], ["--plain"]):
        for line in ("", "week", "trend", "analyze", "flags", "flags --why", "list", "history", "me", "course list", "factor list",
                     "show 1", "show last", "check", "locate", "restore --list", "undo", "redo", "backup", "recover", "export out",
                     "report", "report --out page.svg", "chart clock --out clock.svg", "chart clock", "explain room", "delete 1",
                     "edit 1 left", "ask", "analyze --self-test", "report --verify none.pdf"):  # fmt: skip
            s.run([*words(line), *look])
    yield s

    every = [("night", f, v) for f in factors for v in ("yes", "no", "3", "30min", "18C", "250mg", "2units", "?", "-", "lots", "-1", "1e9")]
    for look in ([], ["--json"]):
        s = Scenario("every-factor" + ("-json" if look else ""))
        for verb, factor, value in every:
            s.run([verb, f"{factor}={value}", *look])
        for factor in factors:
            s.run(["log", "2h ago", f"{factor}=2", *look]).run(["show", f"2026-03-03:{factor}", *look])
            s.run(["factor", "retire", factor, *look])
        s.run(["show", "last", *look]).run(["list", *look]).run(["factor", "list", *look])
        yield s


# ---- lines typed by a person -------------------------------------------------------------------------------------------


def written_lines():
    """lines.txt: each `@diary` is a diary of its own, played as text and again with --json."""
    for look in ([], ["--json"]):
        s, now, zone, how = None, NOW, "Europe/London", {}
        for line in (HERE / "lines.txt").read_text().splitlines():
            if not line.strip() or line.startswith("#"):
                continue
            if line.startswith("@"):
                word, _, rest = line[1:].partition(" ")
                if word == "diary":
                    if s:
                        looked_at(s, now=now, zone=zone)
                        yield s
                    s = Scenario(f"typed-{rest}" + ("-json" if look else ""))
                    now, zone = NOW, "Europe/London"
                elif word == "now":
                    now = rest
                elif word == "zone":
                    zone = rest
                elif word in ("type", "pipe"):
                    how = {("typing" if word == "type" else "piping"): rest.replace("\\n", "\n")}
                else:
                    raise ValueError(line)
                continue
            s.run([*words("" if line == "(status)" else line), *look], now=now, zone=zone, **how)
            how = {}
        looked_at(s, now=now, zone=zone)
        yield s
    long = Scenario("typed-long")
    for text in ("x " * 5_000, "x " * 40_000, "y" * 64_000, "\u202ereversed\u202c", "'); DROP TABLE episode; --"):
        long.run(["log", "03:10", text]).run(["event", text]).run(["night", f"note={text}"]).run(["exclude", "-9", "-8", text])
        long.run(["symptom", "swelling", text]).run(["me", f"question+={text}"]).run(["course", "start", text])
    looked_at(long)
    yield long


# ---- files -------------------------------------------------------------------------------------------------------------


def imports():
    """imports.json: files right and wrong, each imported alone into a small diary and into none."""
    now = "2026-05-01T10:00:00Z"
    files = json.loads((HERE / "imports.json").read_text())
    for part in range(2):
        s = Scenario(f"imports-{part + 1}")
        for number, (name, text) in enumerate(files):
            if number % 2 != part:
                continue
            place = f"f{number}/{name}"
            # each at its own minute, as its backups are named by it
            later = f"2026-05-01T{10 + number // 60}:{number % 60:02}:00Z"
            s.steps.append(Put(place, text.encode()))
            for line in (
                f"import f{number} --dry-run", f"import f{number} --json", f"import {place} --skip-bad",
                f"import f{number} --skip-bad --json", f"import f{number}", "list --last 90n --json",
            ):  # fmt: skip
                s.run(["--diary", f"alone{number}.db", *words(line)], now=now)
            for line in (f"import f{number}", f"import f{number} --skip-bad --plain", "undo"):
                s.run(["--diary", "small.db", *words(line)], now=later)
            if number < 2 + part:
                for line in ("log 2026-03-03T03:10 left 6", "night 2026-03-01 calm", "night 2026-03-03 room=18C"):
                    s.run(["--diary", "small.db", *words(line)], now=later)
        s.run(["--diary", "small.db", "history"], now="2026-05-02T10:00:00Z")
        yield s
    odd = [
        ("nights.csv", b"\xef\xbb\xbfnight,outcome\r\n2026-03-01,calm\r\n"),
        ("nights.csv", b"night,note\n2026-03-01,caf\xe9\n"),
        ("nights.csv", "night,outcome\n2026-03-01,calm\n".encode("utf-16")),
        ("nights.csv", b""), ("nights.csv", b"\n\n\n"), ("nights.csv", b"night,outcome"), ("nights.csv", b"night\toutcome\n"),
        ("episodes.csv", b"night,began_at,zone\n2026-03-28,2026-03-29 01:30,Europe/London\n2025-10-25,2025-10-26 01:30,Europe/London\n"),
        ("diary.json", b'{"schema":1}'), ("diary.json", b'{"schema":1,"kind":"export","nights":[{"night":"2026-03-01"}]}'),
        ("diary.json", b'{"schema":1,"kind":"export","nights":3}'), ("diary.json", b"[]"), ("diary.json", b'{"schema":"1"}'),
        ("diary.json", b'{"schema":1,"kind":"export","episodes":[{"night":"2026-03-01","severity":"bad"}]}'),
        ("diary.json", b"\x00\x01\x02"), ("episodes.csv", b"night,severity\n" + b"2026-03-01,99\n" * 60),
        ("nights.csv", b"night,outcome\n" + b"".join(b"2026-02-%02d,clam\n" % d for d in range(1, 29))),
        ("symptoms.csv", b"noticed_at,symptom,present,side,severity,since\n2026-03-04 09:00,swelling,1,left,12,2027-01-01\n"),
        ("courses.csv", b"name,kind,class,dose,unit,start\nfurosemide,medicine,loop-diuretic,40,mg,2026-01-01\nx,potion,,,,2026-01-01\n"),
        ("person.csv", b"key,value,since\nborn,58,\ncondition,plague,\npregnant,maybe,\nborn,1958,2030-01-01\n"),
        ("intakes.csv", b"taken_at,name,amount,unit,basis\n2026-03-04 21:00,magnesium,300,mg,elemental\n2026-03-04 21:00,zinc,5,furlong,\n"),
        ("exclusions.csv", b"from,to,text\n2026-03-01,2026-03-04,fever\n,2026-03-04,\n"),
        ("events.csv", b"night,text\n2026-03-01,\n2026-03-01,new bed\n2030-01-01,later\n"),
        ("factors.csv", b"factor,label,type,unit,min,max,timing\n9x,Nine,number,,0,1,day\ntea,Tea,choice,,,,evening\nair,Air,number,q,9,1,day\n"),
        ("letter.txt", b"dear"),
    ]  # fmt: skip
    s = Scenario("imports-odd")
    for number, (name, data) in enumerate(odd):
        s.steps.append(Put(f"o{number}/{name}", data))
        for line in (f"import o{number}", f"import o{number} --json", f"import o{number}/{name} --skip-bad", "list --last 90n",
                     "export out --json", "check"):  # fmt: skip
            s.run(["--diary", f"odd{number}.db", *words(line)], now=now)
    yield s


def no_diaries():
    """Files where the diary should be that are none, or damaged ones."""
    whole = (HERE.parent / "diaries" / "version-2.db").read_bytes()
    old = (HERE.parent / "diaries" / "version-1.db").read_bytes()
    put = lambda at, data, of=whole: of[:at] + data + of[at + len(data):]
    cases = {
        "text": b"Dear diary, my leg hurt again.\n", "empty": b"", "half": whole[: len(whole) // 2], "head": whole[:60],
        "newer": put(60, (9999).to_bytes(4, "big")), "foreign": put(68, b"\1\2\3\4"), "zeros": bytes(8192),
        "headless": put(0, bytes(100)), "old-half": old[: len(old) // 2],
        **{f"page-{n}": put(n * 4096, bytes(4096)) for n in (1, 3, 6, 10, 20, 35, 50, 70)},
        **{f"flip-{n}": put(n, bytes([whole[n] ^ 4])) for n in (200, 5000, 9001, 30011, 60013, 90017, 150001, 200003, 300007)},
    }  # fmt: skip
    s = Scenario("no-diaries")
    for name, data in cases.items():
        s.steps.append(Put(f"{name}.db", data))
        for line in ("", "week", "list", "check", "check --json", "log 03:10 left", "night calm", "undo", "week --json", "backup",
                     "export out --json", "restore --list", f"recover --out {name}-saved.db", "recover --json", "delete 1 --forget --yes",
                     f"restore {name}-saved.db", "check", "list --last 400n"):  # fmt: skip
            s.run(["--diary", f"{name}.db", *words(line)])
    s.run("--diary . week").run("--diary . log left").run("--diary nowhere/x/y.db log left").run("--diary words/x.db week")
    yield s


def museum():
    for version in (1, 2):
        s = Scenario(f"museum-{version}")
        s.steps.append(Put("diary.db", (HERE.parent / "diaries" / f"version-{version}.db").read_bytes()))
        s.steps.append(Put("again.db", (HERE.parent / "diaries" / f"version-{version}.db").read_bytes()))
        for look in ([], ["--json"], ["--plain"], ["--color", "always"]):
            for line in ("", "week", "list --last 400n", "history", "check", "trend", "analyze", "flags --why", "me", "course list",
                         "show 1", "show 2", "show c1", "show i1", "show s1", "show p1", "show e1", "show x1", "show last",
                         "show 2026-03-02", "factor list", "locate", "restore --list"):  # fmt: skip
                s.run(["--diary", "diary.db", *words(line), *look])
        for line in ("export csv", "export whole --format json", "report --out page.html", "report --out page.pdf",
                     "report --out page.json", "chart timeline --out t.svg", "chart calendar --out c.png"):  # fmt: skip
            s.run(["--diary", "diary.db", *words(line)])
        s.run(["--diary", "new.db", "import", "csv"]).run(["--diary", "new.db", "export", "csv2"])
        s.run(["--diary", "whole.db", "import", "whole"]).run(["--diary", "whole.db", "export", "csv3"])
        for line in ("redo", "redo", *["undo"] * 8, "redo", "check", "list", "restore --list", "export csv4", "history"):
            s.run(["--diary", "diary.db", *words(line)])
        for line in ("log 03:10 left", "check --json", "backup --json", "undo", "delete --forget --yes 1", "check", "recover --out r.db",
                     "restore csv", "restore diary.db", "check", "analyze --json", "restore --list --json"):  # fmt: skip
            s.run(["--diary", "again.db", *words(line)])
        yield s


def real_diaries(folder):
    if not folder or not os.path.isdir(folder):
        return
    for path in sorted(Path(folder).iterdir()):
        if not path.is_dir():
            continue
        s = Scenario(f"real-{path.name}")
        nights = [row["night"] for row in csv.DictReader(io.StringIO((path / "nights.csv").read_text()))]
        for file in sorted(path.glob("*.csv")):
            s.steps.append(Put(f"in/{file.name}", file.read_bytes()))
        now = f"{date.fromisoformat(max(nights)) + timedelta(days=1)}T08:00:00Z"
        factors = [row["factor"] for row in csv.DictReader(io.StringIO((path / "factors.csv").read_text()))]
        s.run("import in --dry-run", now=now).run("import in", now=now).run("import in --json", now=now)
        for look in LOOKS.values():
            for line in ["", "week", "trend", "analyze", "analyze --all-numbers", "flags", "flags --why", "list --last 400n", "check",
                         "analyze --self-test 50", *(f"explain {f}" for f in factors),
                         *(f"week --ending {n}" for n in nights[6::25]), *(f"trend --until {n}" for n in nights[20::40]),
                         *(f"analyze --until {n}" for n in nights[20::40])]:  # fmt: skip
                s.run([*words(line), *look], now=now)
        for line in ("report --out page.json", "report --out page.svg", "report --out page.html", "report --out page.pdf",
                     "export csv", "export whole --format json", "history", "undo", "list", "redo",
                     *(f"chart {k} --out {k}.svg" for k in ("timeline", "calendar", "clock", "factors", "trend"))):  # fmt: skip
            s.run(line, now=now)
        yield s


# ---- stories for the medical rules ---------------------------------------------------------------------------------

AS_OF = date(2026, 3, 10)


def day(ago):
    return (AS_OF - timedelta(days=int(ago))).isoformat()


def days(text):
    for part in text.split(","):
        first, _, last = part.partition("..")
        yield from range(int(first), int(last or first) + 1)


def dose(text):
    match = re.match(r"([\d.]*)(.*)", text or "")
    return match[1], match[2]


def story_files(story, symptoms):
    """The files of one story; the words are those of `stories.txt`."""
    nights, tables, marks = {}, {}, []
    add = lambda table, **row: tables.setdefault(table, []).append(row)

    def say(line):
        verb, *rest = line.split()
        keys = dict(w.split("=", 1) for w in rest if "=" in w)
        side = next((w for w in rest if w in ("left", "right", "both")), "")
        since = day(keys["since"]) if "since" in keys else ""
        if verb == "well":
            for more in ("calm 0..190", "absent 1 all", "me condition=none", "me taking=listed", "me pregnant=no", "me born=1960",
                         "me immobile=no", "me surgery=2001-05-01", "val 0..27 warm-bath 0"):  # fmt: skip
                say(more)
        elif verb == "calm":
            for ago in days(rest[0]):
                nights.setdefault(ago, {})["outcome"] = "calm"
        elif verb == "night":
            for ago in days(rest[0]):
                nights.setdefault(ago, {}).update(
                    sleep_disturbance=keys.get("disturbed", ""), sleep_lost_min=keys.get("lost", "")
                )
        elif verb in ("cramp", "day", "jerk", "urge", "ache"):
            for ago in days(rest[0]):
                for _ in range(int(keys.get("n", 1))):
                    flag = lambda word: "1" if word in rest else ""
                    add(
                        "episodes", night=day(ago), kind="cramp" if verb == "day" else verb,
                        period="day" if verb == "day" else "night", side=side, severity=keys.get("sev", ""),
                        duration_s=keys.get("dur", ""), repeats=keys.get("repeats", ""), woke=flag("woke"),
                        awareness_lost=flag("lost"), urge=flag("urged"), movement_relieves=flag("eased"),
                    )  # fmt: skip
                if nights.get(ago, {}).get("outcome") == "calm":
                    del nights[ago]
        elif verb in ("sym", "absent"):
            for ago in days(rest[0]):
                for name in symptoms if rest[1] == "all" else [rest[1]]:
                    add(
                        "symptoms", noticed_at=f"{day(ago)} 22:00", symptom=name, present="1" if verb == "sym" else "0", side=side,
                        severity=keys.get("sev", ""), brought_on=keys.get("on", ""), relieved_by=keys.get("by", ""),
                        lasts_s=keys.get("lasts", ""), since=since,
                    )  # fmt: skip
        elif verb == "me":
            key, value = rest[0].split("=", 1)
            add("person", key=key, value=value, since=since)
        elif verb in ("med", "supp", "measure"):
            given = rest[1] if len(rest) > 1 and "=" not in rest[1] else ""
            amount, unit = dose(given)
            add(
                "courses", name=rest[0].replace("_", " "), kind={"med": "medicine", "supp": "supplement"}.get(verb, verb),
                **{"class": keys.get("class", "")}, dose=amount, unit=unit, basis=keys.get("basis", ""),
                per_day=keys.get("per", ""), start=day(keys["start"]), stop=day(keys["stop"]) if "stop" in keys else "",
            )  # fmt: skip
        elif verb == "took":
            amount, unit = dose(rest[2] if len(rest) > 2 and "=" not in rest[2] else "")
            for ago in days(rest[0]):
                add(
                    "intakes", taken_at=f"{day(ago)} 22:00", name=rest[1].replace("_", " "), amount=amount, unit=unit,
                    basis=keys.get("basis", ""),
                )  # fmt: skip
        elif verb == "val":
            amount, unit = dose(rest[2])
            for ago in days(rest[0]):
                add("context", night=day(ago), factor=rest[1], value=amount, unit="°C" if unit == "C" else unit)
        elif verb == "exclude":
            add("exclusions", **{"from": day(rest[0]), "to": day(rest[1]), "text": " ".join(rest[2:])})
        elif verb == "seen":
            marks.append((day(rest[0]), ["flags", "--seen", rest[1]]))
        elif verb == "talk":
            marks.append((day(rest[0]), ["flags", "--discussed", rest[1], day(rest[0]), " ".join(rest[2:]) or "talked"]))
        else:
            raise ValueError(line)

    for line in story.split(";"):
        if line.strip():
            say(line)
    for ago, row in nights.items():
        add("nights", night=day(ago), outcome=row.get("outcome", ""), sleep_disturbance=row.get("sleep_disturbance", ""),
            sleep_lost_min=row.get("sleep_lost_min", ""))  # fmt: skip
    files = {}
    for table, found in tables.items():
        text = io.StringIO()
        writer = csv.DictWriter(text, list(found[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(found)
        files[f"{table}.csv"] = text.getvalue().encode()
    return files, marks


def stories(binary, cell):
    listed = json.loads(ask_binary(binary, cell, "symptom", "--list", "--json"))
    key = next(k for k, v in listed.items() if isinstance(v, list))
    symptoms = [s.get("symptom") or s.get("name") or s.get("id") for s in listed[key]]
    assert len(symptoms) > 40 and all(symptoms)
    told = (HERE / "stories.txt").read_text().splitlines()
    now = f"{AS_OF}T23:00:00Z"
    for part in range(4):
        s = Scenario(f"stories-{part + 1}")
        for number, story in enumerate(told):
            if number % 4 != part:
                continue
            files, marks = story_files(story, symptoms)
            for name, data in files.items():
                s.steps.append(Put(f"s{number}/{name}", data))
            base = ["--diary", f"s{number}.db"]
            s.run([*base, "import", f"s{number}", "--skip-bad"], now=now)
            for _, line in marks:
                s.run([*base, *line], now=now)
            lines = ["flags --json", "flags --why", f"flags --as-of {day(3)} --plain", "report --out page%d.json" % number]
            lines += ["ask symptoms", "flags --exit-code", "week --json"] if number % 5 == 0 else []
            lines += ["report --out page%d.html" % number, "flags --color always", ""] if number % 11 == 0 else []
            for line in lines:
                s.run([*base, *words(line)], now=now, **({"typing": "y\nn\n" + "\n" * 9} if line == "ask symptoms" else {}))
        yield s


def all_scenarios(binary, diaries, cells):
    cell = os.path.join(cells, "planning")
    os.makedirs(cell, exist_ok=True)
    return [
        *demo(binary, cell),
        *written_lines(),
        *imports(),
        *no_diaries(),
        *museum(),
        *real_diaries(diaries),
        *stories(binary, cell),
    ]
