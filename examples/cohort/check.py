"""Made-up people through one core, two cores and Spark's local[2]: the same answer, and how many diaries a second.

    python check.py [--people 10000] [--cramp PATH] [--work FOLDER]

Needs PySpark, pyarrow and a Java runtime. Exit code 1 where two answers differ by more than 1e-9.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))


def timed(words, **extra):
    """Runs a command; the seconds it took."""
    began = time.monotonic()
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, env={**os.environ, **extra})
    return time.monotonic() - began


def apart(a, b, at=""):
    """Where two answers differ, and by how much relative to their size."""
    if isinstance(a, dict) and isinstance(b, dict) and a.keys() == b.keys():
        return max((apart(a[k], b[k], f"{at}/{k}") for k in a), default=(0.0, at))
    if isinstance(a, list) and isinstance(b, list) and len(a) == len(b):
        return max((apart(x, y, f"{at}/{i}") for i, (x, y) in enumerate(zip(a, b))), default=(0.0, at))
    numbers = (int, float)
    if isinstance(a, numbers) and isinstance(b, numbers) and not isinstance(a, bool):
        return (abs(a - b) / max(1.0, abs(a)), at)
    return (0.0 if a == b else float("inf"), at)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--people", type=int, default=10_000)
    arguments.add_argument("--cramp", default="cramp")
    arguments.add_argument("--work")
    asked = arguments.parse_args()
    cramp = shutil.which(asked.cramp) or sys.exit(f"{asked.cramp} is not there")
    work = asked.work or tempfile.mkdtemp(prefix="cohort-")
    os.makedirs(work, exist_ok=True)
    place = lambda name: os.path.join(work, name)

    if not os.path.exists(place("people")):
        subprocess.run([cramp, "demo", place("people"), "--cohort", str(asked.people), "--tables"], check=True)
    took = {}
    for cores in (1, 2):
        out = place(f"cores-{cores}.json")
        for left in ("stage-one.jsonl", "diaries.csv"):
            if os.path.exists(place(f"cores-{cores}.{left}")):
                os.unlink(place(f"cores-{cores}.{left}"))
        took[f"{cores} core"] = timed(
            [cramp, "cohort", place("people"), "--out", out], RAYON_NUM_THREADS=str(cores)
        )
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    shutil.rmtree(place("tables"), ignore_errors=True)
    parquet = timed([sys.executable, os.path.join(HERE, "to_parquet.py"), place("people"), place("tables"), "--cohort", "made"])
    took["Spark local[2]"] = timed(
        [
            sys.executable,
            os.path.join(HERE, "job.py"),
            "--tables", place("tables"),
            "--lines", place("lines"),
            "--out", place("spark.json"),
            "--cramp", cramp,
        ],
        PYSPARK_SUBMIT_ARGS="--master local[2] --driver-memory 2g pyspark-shell",
        PYSPARK_PYTHON=sys.executable,
    )

    answers = {name: json.load(open(place(name))) for name in ("cores-1.json", "cores-2.json", "spark.json")}
    one = answers.pop("cores-1.json")
    worst = 0.0
    for name, answer in answers.items():
        distance, at = apart(one, answer)
        worst = max(worst, distance)
        print(f"{name}: largest difference from one core {distance:.1e} {at if distance else ''}".rstrip())
    print(f"{one['diaries']} diaries, {one['estimated']} with an estimate; {largest:.0f} MB at most; Parquet {parquet:.1f} s")
    for how, seconds in took.items():
        print(f"{how}: {seconds:.1f} s, {asked.people / seconds:.0f} diaries a second")
    sys.exit(0 if worst <= 1e-9 else 1)


if __name__ == "__main__":
    main()
