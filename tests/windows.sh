#!/usr/bin/env bash
# Builds the program for Windows and plays a first week of it under Wine, where Wine is installed: a diary is made,
# written, undone, backed up, restored, checked, reported and exported. Needs rustup's target x86_64-pc-windows-gnu and
# a mingw-w64 gcc; says so and ends with 2 where something is missing.
# usage: tests/windows.sh [--built]   (--built plays the program that is there)
set -euo pipefail
cd "$(dirname "$0")/.."
target=x86_64-pc-windows-gnu
need() { command -v "$1" >/dev/null 2>&1 || { echo "windows.sh: $1 is not here; $2"; exit 2; }; }
need x86_64-w64-mingw32-gcc "install a mingw-w64 gcc"
wine=$(command -v wine64 || command -v wine || true)
[ -n "$wine" ] || [ ! -x /usr/lib/wine/wine64 ] || wine=/usr/lib/wine/wine64
[ -n "$wine" ] || { echo "windows.sh: no Wine here; install wine64"; exit 2; }
rustup target list --installed | grep -q "$target" || rustup target add "$target"
[ "${1:-}" = --built ] || cargo build --locked --target "$target"

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export WINEPREFIX=$folder/wine WINEDEBUG=-all NIGHTCRAMP_NOW=2026-03-04T08:00:00+00:00
cp "target/$target/debug/cramp.exe" "$folder/"
cd "$folder"
program=$folder/cramp.exe
# Wine before 9 lacks the system library that Rust's standard library asks for random numbers.
if [ -z "$(find / -name bcryptprimitives.dll -path '*wine*' -print -quit 2>/dev/null)" ]; then
  cat >shim.c <<'C'
#include <windows.h>
BOOLEAN NTAPI SystemFunction036(PVOID buffer, ULONG length);
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T length) {
  return SystemFunction036(data, (ULONG)length);
}
C
  x86_64-w64-mingw32-gcc -shared -o bcryptprimitives.dll shim.c -ladvapi32
fi
step=0
play() {
  step=$((step + 1))
  if ! "$wine" "$program" --diary diary.sqlite "$@" >out.txt 2>err.txt; then
    echo "windows.sh: cramp $* failed"
    cat out.txt err.txt
    exit 1
  fi
}
holds() { grep -q "$1" out.txt || { echo "windows.sh: '$1' is missing after step $step:"; cat out.txt; exit 1; }; }

play log 03:10 left calf 6 3min
holds 'Logged #1: Wed 4 Mar 03:10'
play night -2 calm room=18C
play log right foot 4
play undo
play list --json
holds '"left"'
play backup --out copy.db
play delete 1
play restore copy.db
play check
play list
holds 'left calf'
play week
holds '1 with a cramp'
play report --out page.pdf
play report --out page.html
play export csv
for file in page.pdf page.html csv/episodes.csv csv/diary.json; do
  [ -s "$file" ] || { echo "windows.sh: $file was not written"; exit 1; }
done
play demo made
echo "windows.sh: $step commands played, all as expected"
