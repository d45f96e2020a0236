# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# ./dev test and ./dev bench.

run_tests() {
  case ${1:-} in
    '' | [!-]* | --sanitize | --fuzz | --peers) ;;
    *) die "test knows --sanitize, --fuzz, --peers and names of tests or rooms, not $1" ;;
  esac

  place test
  if [ "${1:-}" = --peers ]; then
    peers_programs
    become env BARISTA="$build/src/cli/barista" "$top/tests/peers/run" "${@:2}"
  fi

  mkdir -p "$top/build"
  lock "$top/build/$place.lock"
  case ${1:-} in
    --sanitize) sanitized_tests "${@:2}" ;;
    --fuzz) fuzz_tests "${@:2}" ;;
    *)
      configure "$place"
      meson_tests "$@"
      ;;
  esac
}

# peers_programs: the command line, and the programs that only judges look at.
peers_programs() {
  mkdir -p "$top/build"
  lock "$top/build/$place.lock"
  configure "$place"
  compile peers
  unlock
}

# A limit is there for what hangs: a small or busy computer may take its time.
patience=(--timeout-multiplier 6)

# meson_tests NAME...: builds and runs them (a name may be a room's), ends with the sum.
meson_tests() {
  local name suites=() names=() options=("${patience[@]}") status=0
  for name; do
    if [ -d "$top/tests/$name" ]; then suites+=(--suite "$name"); else names+=("$name"); fi
  done

  [ "${#suites[@]}" = 0 ] || [ "${#names[@]}" = 0 ] || die "give rooms or names of tests, not both"

  rm -f "$build"/meson-logs/testlog.*
  # For a few tests meson builds no more than those.
  if [ $# = 0 ]; then
    compile
    options+=(--no-rebuild)
  fi
  offline_entry
  "${entry[@]}" meson test -C "$build" --print-errorlogs "${options[@]}" "${suites[@]}" "${names[@]}" </dev/null || status=$?
  sum "$status" --meson "$build/meson-logs"
}

# sum STATUS ARGUMENT...: the closing line; counts at least one failure when STATUS is not 0.
sum() {
  inside python3 "$tools/count-tests" "$@"
}

sanitized_tests() {
  configure sanitize -Db_sanitize=address,undefined -Db_lundef=false --buildtype=debug -Doptimization=1
  export ASAN_OPTIONS=strict_string_checks=1:detect_stack_use_after_return=1
  export UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
  export LSAN_OPTIONS=suppressions=$tools/lsan.supp:print_suppressions=0
  patience=(--timeout-multiplier 15)
  meson_tests "$@"
}

# fuzz_tests SECONDS: each target replays its corpus, then looks for SECONDS (10) for more.
fuzz_tests() {
  local seconds=${1:-10} target name status results=()
  compiler=clang configure fuzz -Dfuzz=true -Dtests=false -Dwindow=disabled \
    -Db_sanitize=address,undefined -Db_lundef=false --buildtype=debug -Doptimization=1
  compile
  export ASAN_OPTIONS=allocator_may_return_null=1 UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
  offline_entry
  for target in "$build"/tests/fuzz/fuzz-*; do
    [ -f "$target" ] && [ -x "$target" ] || continue
    name=${target##*/fuzz-}
    fuzz_one replay -runs=0 && fuzz_one search -max_total_time="$seconds"
  done
  sum 0 --lines "${results[@]}"
}

# fuzz_one STEP OPTION: one line of the results; what was found is kept in the build folder.
fuzz_one() {
  local found=$build/found/$name corpus=$build/corpus/$name seeds=$top/tests/fuzz/corpus/$name status=0
  mkdir -p "$found" "$corpus"
  "${entry[@]}" "$target" -rss_limit_mb=1024 -timeout=10 -max_len=65536 -artifact_prefix="$found/" \
    -print_final_stats=1 "$2" "$corpus" "$seeds" </dev/null >"$found/$1.log" 2>&1 || status=$?
  if [ "$status" = 0 ]; then
    results+=("passed $name $1")
  else
    results+=("failed $name $1")
    say "--- $name, $1"
    tail -n 40 "$found/$1.log" >&2
    return 1
  fi
}

run_benchmarks() {
  place test
  mkdir -p "$top/build"
  lock "$top/build/$place.lock"
  configure bench --buildtype=release -Db_ndebug=false
  compile meson-benchmark-prereq
  inside meson test -C "$build" --no-rebuild --benchmark --verbose --num-processes 1 "$@" </dev/null
}
