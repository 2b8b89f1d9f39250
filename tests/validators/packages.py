"""Data packages of research exports through frictionless, which has to refuse a changed one first.

usage: packages.py FOLDER…
"""

import os
import pathlib
import shutil
import sys
import tempfile

from frictionless import validate


def errors(folder):
    # a package names its files from where it lies
    before = os.getcwd()
    os.chdir(folder)
    try:
        report = validate("datapackage.json")
    finally:
        os.chdir(before)
    rows = report.flatten(["title", "fieldName", "rowNumber", "note"])
    return [" ".join(map(str, row)) for row in rows]


def main():
    folders = [pathlib.Path(name) for name in sys.argv[1:]]
    failed = False
    with tempfile.TemporaryDirectory() as place:
        for says, change in {
            "another number": lambda text: text.replace(",0,", ",7,", 1),
            "a row twice": lambda text: text + text.splitlines()[-1] + "\n",
        }.items():
            broken = pathlib.Path(place) / says
            shutil.copytree(folders[0], broken)
            table = broken / "nights.csv"
            table.write_text(change(table.read_text()))
            if not errors(broken):
                failed = True
                print(f"frictionless: lets pass {says}")
    for folder in folders:
        found = errors(folder)
        failed = failed or bool(found)
        print(f"{folder.name}: frictionless: {len(found)} errors {found[:3] or ''}")
    sys.exit(failed)


main()
