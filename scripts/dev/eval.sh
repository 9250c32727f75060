# SPDX-License-Identifier: Apache-2.0
. scripts/dev/compile.sh
. scripts/dev/venv.sh

usage() {
  cat <<'TEXT'
usage: ./dev eval [--reference]

Runs `mayfly eval` on the collections of tests/eval/collections and prints its figures beside the fp32 model's
(tests/eval/results/fp32.json). Writes tests/eval/results/mayfly.json. Fails where nDCG@10 or the rank
correlation differs by more than 0.01. Takes about 15 minutes.
--reference computes the fp32 model's figures anew with onnxruntime (about 15 minutes).
TEXT
}

main() {
  case ${1:-} in
    '')
      need "$build_needs" && build_model || exit 1
      python3 tests/eval/compare.py
      ;;
    --reference)
      need "$bench_needs" && fetch_model && make_venv || exit 1
      "$venv/bin/python" tests/eval/reference_fp32.py build/models/source/all-MiniLM-L6-v2
      ;;
    *)
      usage >&2
      fail "there is no option \"$1\""
      exit 2
      ;;
  esac
}
