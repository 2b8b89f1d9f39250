"""Stage one of `cramp cohort` on Spark, stage two at the driver.

    spark-submit job.py --tables TABLES --lines LINES --out cohort.json [--cramp PATH]

TABLES holds two Parquet datasets, nights/ and cramps/, the tables of a study, partitioned by `cohort`; each row names its
`person` by the pseudonym of the study. LINES is written: Parquet with `person` and `line`, partitioned by `cohort`. The
program must be at PATH on every node, and nothing else.
"""

import argparse
import json
import os
import subprocess
import tempfile

from pyspark.sql import SparkSession, functions as f
from pyspark.sql.types import StringType, StructField, StructType

# columns that say whose a row is, and are not shown to the program
WHOSE = ("cohort", "person")
LINE = StructType([StructField(name, StringType()) for name in (*WHOSE, "line")])


def rows(tables, name):
    """The rows of a table as JSON, each with the name of its table."""
    columns = [f.col(c) for c in tables.columns if c not in WHOSE]
    row = f.to_json(f.struct(f.lit(name).alias("table"), *columns))
    return tables.select(*(f.col(c).cast("string") for c in WHOSE), row.alias("row"))


def line_of(cramp):
    """A function from the people of a partition to their lines."""

    def lines(people):
        for person in people:
            said = subprocess.run(
                [cramp, "cohort", "--stage", "one", "-"],
                input="\n".join(person["rows"]),
                capture_output=True,
                text=True,
                # every core has a person of its own
                env={**os.environ, "RAYON_NUM_THREADS": "1"},
            )
            if said.returncode != 0:
                # what is wrong may quote a cell, so it is not passed on
                yield (person["cohort"], person["person"], None)
            else:
                yield (person["cohort"], person["person"], said.stdout.strip())

    return lines


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--tables", required=True)
    arguments.add_argument("--lines", required=True)
    arguments.add_argument("--out", required=True, action="append")
    arguments.add_argument("--cramp", default="cramp")
    arguments.add_argument("--pieces", type=int, default=200, help="at least three for each core")
    asked = arguments.parse_args()

    spark = SparkSession.builder.appName("cramp cohort").getOrCreate()
    read = {name: spark.read.parquet(os.path.join(asked.tables, name)) for name in ("nights", "cramps")}
    everything = rows(read["nights"], "nights").unionByName(rows(read["cramps"], "cramps"))
    people = everything.groupBy(*WHOSE).agg(f.collect_list("row").alias("rows"))
    # a person costs processor time, not bytes, so pieces are not put together by their size
    people = people.repartition(asked.pieces, *WHOSE)
    lines = spark.createDataFrame(people.rdd.mapPartitions(line_of(asked.cramp)), LINE)
    lines.write.mode("overwrite").partitionBy("cohort").parquet(asked.lines)

    written = spark.read.parquet(asked.lines)
    unread = written.filter(f.col("line").isNull()).count()
    # the order gives diaries their numbers, and they must be the same every time
    told = written.filter(f.col("line").isNotNull()).orderBy(*WHOSE)
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", delete=False) as file:
        for row in told.select("line").toLocalIterator():
            file.write(row["line"] + "\n")
    spark.stop()
    outs = [word for out in asked.out for word in ("--out", out)]
    try:
        subprocess.run([asked.cramp, "cohort", "--stage", "two", file.name, *outs], check=True)
    finally:
        os.unlink(file.name)
    print(json.dumps({"unread": unread}))


if __name__ == "__main__":
    main()
