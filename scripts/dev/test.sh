# SPDX-License-Identifier: Apache-2.0
. scripts/dev/compile.sh
. scripts/dev/formatting.sh
. scripts/dev/counts.sh
. scripts/dev/api_reference.sh

usage() {
  cat <<'TEXT'
usage: ./dev test [--native] [--wasm] [--browser] [--packaging] [--recipes] [--sanitize] [--quick] [filter]

Runs everything, or the named suites:
  --native    the C++ tests
  --sanitize  the same with address and undefined-behaviour sanitizers
  --wasm      the same compiled to WebAssembly under Node, the web package's Node tests, the size limit
  --browser   the tests in Chromium
  --packaging what npm would publish: its files and types, and apps that Vite, webpack, Rollup and esbuild make of it
  --recipes   the sites of docs/recipes, built by their own generators and searched in Chromium
  --quick     formatting, structure, scripts, API reference and the C++ tests
filter: only C++ and Python tests whose name, and web tests whose file name, contains it.
Ends with a table and the line "N passed, N failed". A suite that could not run counts as one failed
test. Output is kept in build/logs.
TEXT
}

rows=() total_passed=0 total_failed=0 filter=

record() { # SUITE PASSED FAILED SKIPPED SECONDS NOTE
  total_passed=$((total_passed + $2)) total_failed=$((total_failed + $3))
  rows+=("$(printf '%-22s %8d %8d %8d %7d s  %s' "$1" "$2" "$3" "$4" "$5" "$6")")
}

# Runs a suite where the user sees it.
suite() { # SUITE READER COMMAND...
  local name=$1 reader=$2 begin=$SECONDS status=0
  shift 2
  show "test-${name// /-}" "$name" "$@" || status=$?
  record_suite "$name" "$reader" "$status" $((SECONDS - begin))
}

# Runs a suite of one thread beside what comes next, which would leave a core idle; finish_aside shows it.
aside_pid= aside_name= aside_reader= aside_begin=
suite_aside() { # SUITE READER COMMAND...
  aside_name=$1 aside_reader=$2 aside_begin=$SECONDS
  shift 2
  mkdir -p "$logs"
  printf '\n[%s] %s: started, shown when it is done\n' "$(elapsed)" "$aside_name"
  "$@" > "$logs/test-${aside_name// /-}.log" 2>&1 < /dev/null &
  aside_pid=$!
}

finish_aside() {
  local status=0
  if [ -z "$aside_pid" ]; then return; fi
  wait "$aside_pid" || status=$?
  printf '\n[%s] %s\n' "$(elapsed)" "$aside_name"
  cat "$logs/test-${aside_name// /-}.log"
  record_suite "$aside_name" "$aside_reader" "$status" $((SECONDS - aside_begin))
  aside_pid=
}

# Takes the counts from the suite's own output. A failure that the output does not count (a crash, no
# output at all) counts as one failed test.
record_suite() { # SUITE READER STATUS SECONDS
  local name=$1 reader=$2 status=$3 passed failed skipped note=
  read -r passed failed skipped < <("counts_of_$reader" "$logs/test-${name// /-}.log" "$status")
  if [ -z "${passed:-}" ]; then
    passed=0 failed=0 skipped=0
    if [ -z "$filter" ] || [ "$status" -ne 0 ]; then failed=1 note="did not finish"; fi
  elif [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then
    failed=1 note="stopped with status $status"
  elif [ "$passed" -eq 0 ] && [ "$failed" -eq 0 ] && [ -z "$filter" ]; then
    failed=1 note="ran no test"
  fi
  record "$name" "$passed" "$failed" "$skipped" "$4" "$note"
}

could_not_run() { # SUITE REASON
  record "$1" 0 1 0 0 "could not run: $2"
}

run_catch2() { # COMMAND...
  if [ -n "$filter" ]; then "$@" "*$filter*"; else "$@"; fi
}

run_python_tests() {
  local file status=0
  while read -r file; do
    printf '%s\n' "$file"
    python3 "$file" ${filter:+-k "$filter"} || status=1
  done < <(find tests/unit -name '*_test.py' | sort)
  return "$status"
}

run_web_tests() { # SUITE KIND
  if [ -n "$filter" ] && ! find "tests/$2" -maxdepth 1 -name "*$filter*.test.ts" | grep -q .; then
    record "$1" 0 0 0 0 "no file matches"
    return
  fi
  suite "$1" node npm --prefix web run --silent "test:$2" ${filter:+-- "$filter"}
}

# Not called *_test.py: they need the native program and the model.
run_command_line_tests() {
  python3 -m unittest discover -s tests/unit/cli -p '*_check.py' ${filter:+-k "$filter"}
}

test_files() {
  if [ -n "$filter" ]; then return; fi
  suite "format C++" status check_cpp_format
  if install_node_modules web; then
    suite "format web" status check_web_format
  else
    could_not_run "format web" "npm packages are missing"
  fi
  suite "API reference" status check_api_reference
}

test_python() {
  suite "structure and scripts" unittest run_python_tests
  if [ -z "$filter" ]; then
    suite "generated tables" status python3 src/text/generate_bert_tables.py --check
  fi
}

test_native() {
  if build_native && build_model; then
    suite "native" catch2 run_catch2 build/native/tests/mayfly_tests
    suite "command line" unittest run_command_line_tests
  else
    could_not_run "native" "it was not built"
  fi
}

test_sanitize() {
  if build_model && build_sanitize; then
    UBSAN_OPTIONS=print_stacktrace=1 suite_aside "sanitizers" catch2 \
      run_catch2 build/sanitize/tests/mayfly_tests
  else
    could_not_run "sanitizers" "it was not built"
  fi
}

test_wasm() {
  if build_model && build_wasm; then
    suite "WebAssembly" catch2 run_catch2 node_without_fetch build/wasm/tests/mayfly_tests.js
  else
    could_not_run "WebAssembly" "it was not built"
    could_not_run "web in Node" "WebAssembly was not built"
    return
  fi
  if build_web; then
    run_web_tests "web in Node" node
    if [ -z "$filter" ]; then suite "size limit" status npm --prefix web run --silent check:size; fi
  else
    could_not_run "web in Node" "the web package was not built"
  fi
}

# Alone on the machine: a busy one makes a browser look slow.
test_browser() {
  finish_aside
  if build_model && build_wasm && build_web; then
    run_web_tests "browser" browser
  else
    could_not_run "browser" "the web package was not built"
  fi
}

test_packaging() {
  finish_aside
  if [ -n "$filter" ]; then return; fi
  if build_model && build_wasm && build_web && install_node_modules tests/packaging; then
    suite "packaging" node npm --prefix tests/packaging run --silent test
  else
    could_not_run "packaging" "the web package or the bundlers are missing"
  fi
}

test_recipes() {
  finish_aside
  if build_model && build_wasm && build_web && install_node_modules tests/recipes; then
    run_web_tests "recipes" recipes
  else
    could_not_run "recipes" "the web package or the generators are missing"
  fi
}

summary() {
  printf '\n%-22s %8s %8s %8s %9s\n' suite passed failed skipped time
  printf '%s\n' "${rows[@]}"
  printf '\nTook %s (minutes:seconds).\n' "$(elapsed)"
  printf '%d passed, %d failed\n' "$total_passed" "$total_failed"
  [ "$total_failed" -eq 0 ] && [ "$total_passed" -gt 0 ]
}

main() {
  local suites=()
  while [ $# -gt 0 ]; do
    case $1 in
      --native | --sanitize | --wasm | --browser | --packaging | --recipes) suites+=("${1#--}") ;;
      --quick) suites+=(files python native) ;;
      -*)
        usage >&2
        fail "there is no option \"$1\""
        exit 2
        ;;
      *) filter=$1 ;;
    esac
    shift
  done
  if [ "${#suites[@]}" -eq 0 ]; then suites=(files python native sanitize wasm browser packaging recipes); fi
  local name
  if need "$test_needs"; then
    for name in "${suites[@]}"; do "test_$name"; done
    finish_aside
  else
    for name in "${suites[@]}"; do could_not_run "$name" "something is missing, see above"; done
  fi
  summary
}
