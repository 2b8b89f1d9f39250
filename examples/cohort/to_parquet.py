"""The tables of a study as Parquet, partitioned by cohort.

    python to_parquet.py FOLDER TABLES --cohort NAME

FOLDER holds a folder a person, named by the pseudonym, with nights.csv and cramps.csv.
"""

import argparse
import os

import pyarrow as pa
import pyarrow.csv as csv
import pyarrow.parquet as parquet

# people in one file: rows enough for a file of some size, few enough to be held at once
TOGETHER = 2_000


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("folder")
    arguments.add_argument("tables")
    arguments.add_argument("--cohort", required=True)
    asked = arguments.parse_args()
    people = sorted(
        entry.name for entry in os.scandir(asked.folder) if entry.is_dir() and entry.name[0] != "."
    )
    for name in ("nights", "cramps"):
        place = os.path.join(asked.tables, name, f"cohort={asked.cohort}")
        os.makedirs(place, exist_ok=True)
        for at in range(0, len(people), TOGETHER):
            parts = []
            for person in people[at : at + TOGETHER]:
                # text as it stands: the program reads it, and an empty cell stays unknown
                with open(os.path.join(asked.folder, person, f"{name}.csv"), "rb") as file:
                    head = file.readline().decode().strip().split(",")
                    file.seek(0)
                    types = csv.ConvertOptions(
                        column_types={column.strip('"'): pa.string() for column in head},
                        strings_can_be_null=True,
                        null_values=[""],
                    )
                    rows = csv.read_csv(file, convert_options=types)
                parts.append(rows.append_column("person", pa.array([person] * len(rows), pa.string())))
            table = pa.concat_tables(parts, promote_options="default")
            parquet.write_table(table, os.path.join(place, f"part-{at:09}.parquet"), compression="zstd")


if __name__ == "__main__":
    main()
