# SPDX-License-Identifier: Apache-2.0
"""The table of kernels in docs/ is the one that the kernel list gives."""
import pathlib
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[3]


class KernelTable(unittest.TestCase):
    def test_the_document_is_what_the_list_gives(self):
        script = ROOT / "scripts/kernel_table.py"
        outcome = subprocess.run([sys.executable, script, "--check"], capture_output=True, text=True)
        self.assertEqual(outcome.returncode, 0, outcome.stderr)


if __name__ == "__main__":
    unittest.main()
