#!/usr/bin/env bash
# Runs tests of Debian's dieharder over keyed draws in several orders and prints one line a test.
#   battery.sh [TEST …]     numbers of tests as `dieharder -l` lists them, perhaps with a size: '200 -n 4'
#   SEED=777 battery.sh …   with another seed than that of the published table
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
command -v dieharder > /dev/null || { echo 'dieharder is not installed'; exit 1; }
words="$(mktemp -d)/random-words.mjs"
node -e "
  require('esbuild').buildSync({
    entryPoints: ['random-words.ts'], outfile: process.argv[1], bundle: true, format: 'esm', platform: 'node',
  });
" "$words"
tests=("$@")
[ "${#tests[@]}" -gt 0 ] || tests=(0 1 2 3 4 5 6 7 8 9 10 11 12 13 15 16 17 100 101 102 '200 -n 4' '201 -n 3' '202 -n 5' 204 205 206 207 208 209)
for order in patients activities visits cohorts; do
  for test in "${tests[@]}"; do
    # shellcheck disable=SC2086 # a test may carry its size
    node "$words" "$order" ${SEED:-} 2> /dev/null | dieharder -g 200 -d $test 2> /dev/null |
      grep -E 'PASSED|WEAK|FAILED' | sed "s/^/$order|/" || true
  done
done
