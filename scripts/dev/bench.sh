# SPDX-License-Identifier: Apache-2.0
. scripts/dev/compile.sh
. scripts/dev/venv.sh

usage() {
  cat <<'TEXT'
usage: ./dev bench [SUITE] [options]

Measures speed. Suites:
  embed   time to embed a query and passages of 64, 128 and 256 tokens in Chromium, one thread, beside
          onnxruntime-web's wasm backend with an int8 model made from the same weights

Prints a table and JSON. --rounds N (default 20, at least 15), --peers ID,ID, --json FILE. Keep the machine
idle meanwhile. The README's figures: ./dev bench embed --json tests/bench/results/embed.json, ./dev eval,
then python3 scripts/figures.py.
TEXT
}

export_peer_models() {
  if [ -e build/bench/onnx/model_quantized.onnx ]; then return 0; fi
  make_venv && step bench-onnx "export the peers' ONNX files" \
    "$venv/bin/python" tests/bench/export_onnx.py build/models/source/all-MiniLM-L6-v2 build/bench
}

main() {
  local suite=embed
  if [ $# -gt 0 ] && [[ $1 != -* ]]; then suite=$1 && shift; fi
  if [ "$suite" != embed ]; then
    usage >&2
    fail "there is no suite \"$suite\""
    exit 2
  fi
  need "$bench_needs" && build_model && build_wasm mayfly_core && build_web &&
    install_node_modules tests/bench && export_peer_models || exit 1
  node tests/bench/run_embed.mjs "$@"
}
