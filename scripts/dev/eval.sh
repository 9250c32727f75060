# SPDX-License-Identifier: Apache-2.0
. scripts/dev/compile.sh
. scripts/dev/venv.sh

usage() {
  cat <<'TEXT'
usage: ./dev eval [--only COLLECTION,...] [--tier TIER,...] [--profile PROFILE,...]
       ./dev eval --reference

Runs `mayfly eval` on the collections of tests/eval/collections as tests/eval/plan.json says, and prints its
figures beside the fp32 model's (tests/eval/results/fp32.json), then those of all tiers side by side. Writes
tests/eval/results: a file per model profile and tiers.json. Fails where nDCG@10 or the rank correlation
differs from fp32 (of the small profile: from the standard one) by more than 0.01, or a tier's nDCG@10 has dropped by more than 0.005. Takes about 15 minutes;
with the options only the part that they name is run, `--tier lexical` in seconds.
--reference computes the fp32 model's figures anew with onnxruntime (about 15 minutes).
TEXT
}

main() {
  case ${1:-} in
    --reference)
      need "$bench_needs" && fetch_model && make_venv || exit 1
      "$venv/bin/python" tests/eval/reference_fp32.py build/models/source/all-MiniLM-L6-v2
      ;;
    *)
      need "$build_needs" && build_model || exit 1
      python3 tests/eval/compare.py "$@"
      ;;
  esac
}
