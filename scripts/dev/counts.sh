# SPDX-License-Identifier: Apache-2.0
# Reads from a runner's own output how many of its tests passed, failed and were skipped:
# each function prints three numbers, or nothing where the output has no such line.

# "All tests passed (51 assertions in 9 test cases)", or "test cases: 9 | 7 passed | 2 failed".
counts_of_catch2() { # LOG
  awk '
    { gsub(/\033\[[0-9;]*m/, "") }  # colours, which it uses under WebAssembly even in a pipe
    /^All tests passed \(/ { for (i = 1; i < NF; i++) if ($(i + 1) == "test") passed = $i; seen = 1 }
    /^test cases:/ { passed = failed = 0; seen = 1
      for (i = 2; i <= NF; i++) { if ($i == "passed") passed = $(i - 1)
                                  if ($i == "failed") failed += $(i - 1) } }
    END { if (seen) print passed + 0, failed + 0, 0 }' "$1"
}

# "Ran 7 tests in 0.1s", then "OK (skipped=1)" or "FAILED (failures=1, errors=2)".
counts_of_unittest() { # LOG
  awk '
    function number(name) { return match($0, name "=[0-9]+") ? \
      substr($0, RSTART + length(name) + 1, RLENGTH - length(name) - 1) + 0 : 0 }
    /^Ran [0-9]+ tests? in / { ran += $2; seen = 1 }
    /^(OK|FAILED) \(/ { gsub(/expected failures=[0-9]+/, "")
                        failed += number("failures") + number("errors") + number("unexpected successes")
                        skipped += number("skipped") }
    END { if (seen) print ran - failed - skipped, failed + 0, skipped + 0 }' "$1"
}

# node --test: "# pass 12" or, for people, "ℹ pass 12"; a cancelled test counts as failed.
counts_of_node() { # LOG
  awk '
    $1 == "#" || $1 == "ℹ" {
      if ($2 == "pass") { passed += $3; seen = 1 }
      if ($2 == "fail" || $2 == "cancelled") failed += $3
      if ($2 == "skipped" || $2 == "todo") skipped += $3 }
    END { if (seen) print passed + 0, failed + 0, skipped + 0 }' "$1"
}

# A command that is itself one check.
counts_of_status() { # LOG STATUS
  if [ "$2" -eq 0 ]; then echo 1 0 0; else echo 0 1 0; fi
}
