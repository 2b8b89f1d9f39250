#!/usr/bin/env python3
"""Bringing in what other programs wrote, as ratios beside other programs in the same run, with peak memory.

    python3 tests/bench/bring_in.py target/release/cramp [--mb 1024] [--rows 1000000] [--many 10000000] [apple hours rows many]

apple  an Apple Health export of --mb megabytes, beside `xmllint --stream` (goal: 1.5 x, 40 MB)
hours  a year of Home Assistant's hourly statistics, beside `cramp export` of what came of it (goal: 2 x)
rows   --rows of a thermometer's CSV, beside `sqlite3 .import`; and the same file again (goals: 3 x, 1 x)
many   --many rows of a thermometer, and as many that are none in two shapes: taken or refused, in flat memory

Of several cold runs the median counts, by a clock finer than a microsecond.
"""

import argparse
import datetime
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

NOW = "2026-03-01T12:00:00Z"


def run(*words, code=0):
    """Seconds and peak memory (MB) of one cold process that must end with `code`."""
    began = time.perf_counter()
    child = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = child.stderr.read()
    _, status, used = os.wait4(child.pid, 0)
    if os.waitstatus_to_exitcode(status) != code:
        sys.exit(f"{' '.join(words)}: {said.decode()}")
    return time.perf_counter() - began, used.ru_maxrss / 1024


def middle(runs):
    """The median of the seconds, and the most memory."""
    return statistics.median(seconds for seconds, _ in runs), max(mb for _, mb in runs)


def several(*words, times=3):
    return middle([run(*words) for _ in range(times)])


def line(name, ours, theirs, other):
    print(f"{name}: {ours[0]:.4f} s, {ours[1]:.0f} MB; {other} {theirs[0]:.4f} s, {theirs[1]:.0f} MB; "
          f"ratio {ours[0] / theirs[0]:.2f}", flush=True)


def cramp(program, diary, *words):
    return [program, "--diary", diary, "--now", NOW, *words]


def apple(program, folder, asked):
    """Mostly heart rates and energy, as on a watch; steps, minutes of exercise and sleep among them."""
    path = os.path.join(folder, "export.xml")
    device = "&lt;&lt;HKDevice: 0x1&gt;, name:Apple Watch, manufacturer:Apple Inc., model:Watch, hardware:Watch6,7&gt;"

    def record(kind, at, seconds, value, unit="", zone=""):
        to = at + datetime.timedelta(seconds=seconds)
        unit = f' unit="{unit}"' if unit else ""
        form = "%Y-%m-%d %H:%M:%S +0000"
        end = f'>\n  <MetadataEntry key="HKTimeZone" value="{zone}"/>\n </Record>' if zone else "/>"
        return (f' <Record type="HK{kind}" sourceName="A Watch" sourceVersion="10.2" device="{device}"{unit} '
                f'creationDate="{to:{form}}" startDate="{at:{form}}" endDate="{to:{form}}" value="{value}"{end}\n')

    day = datetime.datetime(2006, 1, 1)
    with open(path, "w") as out:
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE HealthData [\n<!ELEMENT HealthData ANY>\n]>\n'
                  '<HealthData locale="en_GB">\n <ExportDate value="2026-03-01 11:00:00 +0000"/>\n')
        while out.tell() < asked.mb << 20:
            # a day of about 200 kB; no more days than there were since 2006, so that what is kept stays honest
            for quarter in range(96):
                at = day + datetime.timedelta(minutes=15 * quarter)
                for part in range(3):
                    moment = at + datetime.timedelta(minutes=5 * part)
                    out.write(record("QuantityTypeIdentifierHeartRate", moment, 0, 60 + part, "count/min"))
                    out.write(record("QuantityTypeIdentifierActiveEnergyBurned", moment, 250, 1.5, "kcal"))
                out.write(record("QuantityTypeIdentifierStepCount", at, 600, 80, "count"))
                if quarter % 24 == 20:
                    out.write(record("QuantityTypeIdentifierAppleExerciseTime", at, 60, 1, "min"))
            for hour in range(8):
                at = day + datetime.timedelta(hours=23 + hour)
                stage = "HKCategoryValueSleepAnalysisAsleepCore"
                out.write(record("CategoryTypeIdentifierSleepAnalysis", at, 3600, stage, zone="Europe/London"))
            day += datetime.timedelta(days=1)
            if day > datetime.datetime(2026, 2, 27):
                day = datetime.datetime(2006, 1, 1)
        out.write("</HealthData>\n")
    ours = several(*cramp(program, os.path.join(folder, "a.db"), "import", path, "--dry-run"))
    theirs = several("xmllint", "--stream", "--noout", path)
    line(f"apple {os.path.getsize(path) >> 20} MB", ours, theirs, "xmllint --stream")


def hours(program, folder, _):
    path = os.path.join(folder, "home-assistant_v2.db")
    db = sqlite3.connect(path)
    db.executescript("""
        CREATE TABLE statistics_meta (id INTEGER PRIMARY KEY, statistic_id TEXT, unit_of_measurement TEXT);
        CREATE TABLE statistics (id INTEGER PRIMARY KEY, metadata_id INTEGER, start_ts FLOAT, mean FLOAT, min FLOAT);
        INSERT INTO statistics_meta VALUES (1, 'sensor.bedroom', '°C')""")
    start = datetime.datetime(2025, 2, 20, tzinfo=datetime.timezone.utc).timestamp()
    rows = ((1, start + 3600 * h, 18 + h % 7 / 10, 17.5 + h % 7 / 10) for h in range(24 * 365))
    db.executemany("INSERT INTO statistics (metadata_id, start_ts, mean, min) VALUES (?, ?, ?, ?)", rows)
    db.commit()
    db.close()
    ours, theirs = [], []
    # in turn, so that what else the computer does falls on both alike
    for n in range(25):
        diary = os.path.join(folder, f"h{n}.db")
        ours.append(run(*cramp(program, diary, "import", path)))
        theirs.append(run(*cramp(program, diary, "export", os.path.join(folder, f"out{n}"))))
    line("hours 8760", middle(ours), middle(theirs), "cramp export")


def samples(path, count):
    at = datetime.datetime(2024, 1, 1) - datetime.timedelta(minutes=max(0, count - 1_000_000))
    step = datetime.timedelta(seconds=60)
    with open(path, "w") as out:
        out.write("Timestamp,Temperature_Celsius,Relative_Humidity\n")
        for n in range(count):
            out.write(f"{at:%Y-%m-%d %H:%M:%S},{17 + n % 50 / 10:.1f},50.1\n")
            at += step


def rows(program, folder, asked):
    path = os.path.join(folder, "govee.csv")
    samples(path, asked.rows)
    diary = os.path.join(folder, "r.db")
    words = cramp(program, diary, "import", path, "--tz", "Europe/London")
    first = run(*words)
    again = several(*words)
    theirs = several("sqlite3", os.path.join(folder, "t.db"), "DROP TABLE IF EXISTS t", f".import --csv {path} t")
    line(f"rows {asked.rows}", first, theirs, "sqlite3 .import")
    line("rows again", again, first, "the first time")


def many(program, folder, asked):
    path, diary = os.path.join(folder, "many.csv"), os.path.join(folder, "m.db")
    samples(path, asked.many)
    zone = ("--tz", "Europe/London")
    shapes = [("a thermometer's", 0, zone),
              ("none with a time", 2, (*zone, "--map", "when=Relative_Humidity", "--map", "pain=Temperature_Celsius")),
              ("cramps without end", 2, (*zone, "--map", "when=Timestamp", "--map", "pain=Temperature_Celsius"))]
    for name, code, words in shapes:
        seconds, mb = run(*cramp(program, diary, "import", path, *words), code=code)
        print(f"many {asked.many}, {name}: {seconds:.1f} s, {mb:.0f} MB, exit {code}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("parts", nargs="*")
    parser.add_argument("--mb", type=int, default=1024)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--many", type=int, default=10_000_000)
    asked = parser.parse_args()
    for part in (apple, hours, rows, many):
        if not asked.parts or part.__name__ in asked.parts:
            with tempfile.TemporaryDirectory() as folder:
                part(os.path.abspath(asked.program), folder, asked)


main()
