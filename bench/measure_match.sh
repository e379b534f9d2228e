#!/usr/bin/env bash
# scripts/bench match: exact nearest neighbours, libdam beside numpy, faiss, usearch and hnswlib.
#
# measure_match.sh [--quick], from the root of the repository. Builds a release into build-bench/;
# the figures stay in build-bench/match.jsonl, the peers in an environment of their own beside it.
# A peer that cannot be installed is left out, and the page says so.
set -euo pipefail

quick=${1:-}
build=build-bench
data=$build/data-match
figures=$build/match${quick:+-quick}.jsonl
environment=$build/match-peers
peers=(numpy faiss-cpu usearch hnswlib)

scripts/setup bench
PATH="$PWD/.venv/tools/bin:$PATH"
export PATH
mkdir -p "$build"
{
  [ -f "$build/build.ninja" ] ||
    meson setup "$build" --buildtype=release -Dbench=true -Dtests=false
  ninja -C "$build" bench/bench_match
} >"$build/match.log" 2>&1 || { cat "$build/match.log" >&2; exit 1; }

[ -d "$environment" ] || python3 -m venv "$environment"
for peer in "${peers[@]}"; do
  "$environment/bin/pip" install --quiet --disable-pip-version-check "$peer" \
    >>"$build/match.log" 2>&1 || echo "bench: $peer cannot be installed" >&2
done

begin=$SECONDS
rm -rf "$data"
mkdir -p "$data"
trap 'rm -rf "$data"' EXIT
: >"$figures"
python3 bench/match_data.py "$data" ${quick:+quick}

# Both search the same files; the peers then compare their answers with libdam's.
measure() {  # name, columns, title
  echo "bench: $3" >&2
  "$build/bench/bench_match" "$data/array" "$data/$1.rows" "$data/$1.queries" "$2" "$3" \
    "$data/$1.found" >>"$figures"
  rm -rf "$data/array"
  OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 "$environment/bin/python" bench/match_peers.py \
    "$data/$1" "$2" "$3" >>"$figures"
}
[ ! -f "$data/fashion.rows" ] || measure fashion 784 "Fashion-MNIST"
measure noise 256 "noise"

page=(docs/benchmarks.md)
[ -z "$quick" ] || page=()
python3 bench/render_match.py "$figures" "$data" "${page[@]}"
echo "bench: done in $((SECONDS - begin)) s; the figures are in $figures" >&2
