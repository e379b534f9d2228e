#!/usr/bin/env bash
# scripts/bench languages: the same work in C, Java, Go and Node on the same array.
#
# measure_languages.sh [--quick], from the root of the repository. Builds a release with the
# bindings into build-bench/; the figures stay in build-bench/languages.jsonl. Languages take turns,
# so that a disturbance of the machine meets them all.
set -euo pipefail

quick=${1:-}
build=build-bench
data=$build/data-languages
figures=$build/languages${quick:+-quick}.jsonl
documents=200000 gets=200000 extends=50000 rounds=1 turns=5
[ -z "$quick" ] || documents=5000 gets=2000 extends=2000 turns=2

scripts/setup bench
PATH="$PWD/.venv/tools/bin:$PWD/.venv/go/bin:$PWD/.venv/node/bin:$PATH"
export PATH
mkdir -p "$build"
options=(--buildtype=release -Dbench=true -Dtests=false -Dbindings=java,go,node)
{
  [ -f "$build/build.ninja" ] || meson setup "$build" "${options[@]}"
  meson configure "$build" "${options[@]}"
  ninja -C "$build" bench/bench_languages bench/language_programs.stamp
} >"$build/languages.log" 2>&1 || { cat "$build/languages.log" >&2; exit 1; }

begin=$SECONDS
rm -rf "$data"
mkdir -p "$data"
trap 'rm -rf "$data"' EXIT
: >"$figures"
"$build/bench/bench_languages" prepare "$data/array" "$documents"
for ((turn = 0; turn < turns; ++turn)); do
  for program in "$build/bench/bench_languages" "$build"/bench/language_programs/{java,go,node}; do
    echo "bench: turn $((turn + 1)), ${program##*/}" >&2
    "$program" "$data/array" "$data/scratch" "$gets" "$extends" "$rounds" >>"$figures"
  done
done
page=(docs/benchmarks.md)
[ -z "$quick" ] || page=()
python3 bench/render_languages.py "$figures" "$data" "${page[@]}"
echo "bench: done in $((SECONDS - begin)) s; the figures are in $figures" >&2
