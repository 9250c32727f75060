# SPDX-License-Identifier: Apache-2.0
"""./dev test counts what the runners really said, and counts what did not run as failed."""
import pathlib
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[3]


def bash(script, *arguments):
    prelude = f'root="{ROOT}"; cd "$root"; . scripts/dev/progress.sh; . scripts/dev/test.sh\n'
    done = subprocess.run(["bash", "-uo", "pipefail", "-c", prelude + script, "bash", *arguments],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return done.returncode, done.stdout


def counts(reader, log):
    with tempfile.NamedTemporaryFile("w", suffix=".log") as file:
        file.write(log)
        file.flush()
        return bash('counts_of_"$1" "$2" 0', reader, file.name)[1].strip()


class ReaderTest(unittest.TestCase):
    def test_catch2_all_passed(self):
        log = "====\nAll tests passed (51 assertions in 9 test cases)\n"
        self.assertEqual(counts("catch2", log), "9 0 0")

    def test_catch2_one_test_case(self):
        self.assertEqual(counts("catch2", "All tests passed (1 assertion in 1 test case)\n"), "1 0 0")

    def test_catch2_some_failed(self):
        log = "test cases:  9 |  7 passed | 2 failed\nassertions: 51 | 40 passed | 11 failed\n"
        self.assertEqual(counts("catch2", log), "7 2 0")

    def test_catch2_all_failed(self):
        self.assertEqual(counts("catch2", "test cases: 2 | 2 failed\n"), "0 2 0")

    def test_catch2_in_colour(self):
        log = "test cases:  9\x1b[0;37m | \x1b[0m\x1b[0;32m 7 passed\x1b[0;37m | \x1b[1;31m2 failed\x1b[0m\n"
        self.assertEqual(counts("catch2", log), "7 2 0")
        log = "\x1b[0;32mAll tests passed\x1b[0m (51 assertions in 9 test cases)\n"
        self.assertEqual(counts("catch2", log), "9 0 0")

    def test_catch2_crashed_before_its_last_line(self):
        self.assertEqual(counts("catch2", "Segmentation fault\n"), "")

    def test_unittest_sums_over_files(self):
        log = "Ran 7 tests in 0.1s\n\nOK\nRan 1 test in 0.1s\n\nFAILED (errors=1)\n"
        self.assertEqual(counts("unittest", log), "7 1 0")

    def test_unittest_failures_errors_and_skips(self):
        log = "Ran 9 tests in 0.1s\n\nFAILED (failures=2, errors=1, skipped=3)\n"
        self.assertEqual(counts("unittest", log), "3 3 3")

    def test_unittest_failures_that_were_expected(self):
        self.assertEqual(counts("unittest", "Ran 4 tests in 0.1s\n\nOK (expected failures=1)\n"), "4 0 0")

    def test_node_for_people_and_for_machines(self):
        for mark in ("#", "ℹ"):
            lines = (("tests", 14), ("pass", 9), ("fail", 2), ("cancelled", 1), ("skipped", 2))
            log = "".join(f"{mark} {name} {number}\n" for name, number in lines)
            self.assertEqual(counts("node", log), "9 3 2")


class SuiteTest(unittest.TestCase):
    """A suite of one command, then the summary: the closing line and the exit status."""

    def run_suite(self, reader, command, filter_text=""):
        with tempfile.TemporaryDirectory() as logs:
            script = 'logs=$1 filter=$4; suite "a suite" "$2" bash -c "$3"; summary'
            return bash(script, logs, reader, command, filter_text)

    def closing_line(self, *arguments):
        status, output = self.run_suite(*arguments)
        return status, output.rstrip().split("\n")[-1]

    def test_a_passing_suite(self):
        command = "echo 'All tests passed (3 assertions in 2 test cases)'"
        self.assertEqual(self.closing_line("catch2", command), (0, "2 passed, 0 failed"))

    def test_a_failing_suite(self):
        command = "echo 'test cases: 3 | 2 passed | 1 failed'; exit 1"
        self.assertEqual(self.closing_line("catch2", command), (1, "2 passed, 1 failed"))

    def test_a_crash_without_counts_is_one_failure(self):
        self.assertEqual(self.closing_line("catch2", "kill -SEGV $$"), (1, "0 passed, 1 failed"))

    def test_a_crash_after_the_counts_is_one_failure(self):
        command = "echo 'All tests passed (3 assertions in 2 test cases)'; exit 134"
        self.assertEqual(self.closing_line("catch2", command), (1, "2 passed, 1 failed"))

    def test_a_suite_that_ran_no_test_is_one_failure(self):
        self.assertEqual(self.closing_line("node", "echo '# pass 0'"), (1, "0 passed, 1 failed"))

    def test_a_command_that_is_one_check(self):
        self.assertEqual(self.closing_line("status", "true"), (0, "1 passed, 0 failed"))
        self.assertEqual(self.closing_line("status", "false"), (1, "0 passed, 1 failed"))

    def test_a_filter_that_matches_nowhere_is_not_a_success(self):
        self.assertEqual(self.closing_line("catch2", "echo 'No tests ran'", "nowhere"),
                         (1, "0 passed, 0 failed"))

    def test_the_runners_output_is_shown(self):
        self.assertIn("a line of the runner", self.run_suite("status", "echo a line of the runner")[1])

    def test_a_suite_that_could_not_run_is_one_failure(self):
        status, output = bash('could_not_run "a suite" "a reason"; summary')
        self.assertEqual((status, output.rstrip().split("\n")[-1]), (1, "0 passed, 1 failed"))
        self.assertIn("could not run: a reason", output)


if __name__ == "__main__":
    unittest.main()
