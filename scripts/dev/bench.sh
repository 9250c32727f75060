# SPDX-License-Identifier: Apache-2.0
. scripts/dev/compile.sh
. scripts/dev/venv.sh

usage() {
  cat <<'TEXT'
usage: ./dev bench [SUITE...] [options]

Measures Mayfly beside its peers in Chromium: same machine, texts and thread count, in turn. Suites (all of
them where none is named):
  embed    time to embed a query, passages of 64, 128 and 256 tokens, and 64 passages at once
  kernel   speed of the whole encoder beside that of its bare integer product
  startup  from create to the first query vector with files in the disk cache; download; peak memory
  size     bytes that a visitor downloads, raw, gzipped and with brotli
  search   vector and lexical search: queries per second, recall or nDCG@10, build, bytes per vector
  site     whole sites beside Pagefind: waiting, download and answers, over a slow line and without limit
  quality  table of what ./dev eval wrote; measures nothing

  --rounds N             measurements of each kind (defaults: 20 for embed, 15 for startup, 9 for search, 5 for site)
  --peers ID,ID          only these (embed, kernel, startup, size, search, site)
  --vectors N,N          sizes for search (default 10000; 50000 and 100000 take many minutes)
  --json FILE            write the report; of several suites {"suites": {...}}
  --save                 write tests/bench/results/SUITE.json, then the documents' tables and charts
  --smoke                one round of less of everything: does it run?
  --fail-on-regression   exit with 1 where a ratio is worse than the checked-in one

Prints a table, how each ratio compares with the checked-in one, and JSON. Keep the machine idle meanwhile.
docs/benchmarks.md says what is measured.
TEXT
}

export_peer_models() {
  if [ -e build/bench/onnx/model_quantized.onnx ] && [ -e build/bench/tokenizer_config.json ]; then
    return 0
  fi
  make_venv && step bench-onnx "export the peers' ONNX files" \
    "$venv/bin/python" tests/bench/export_onnx.py build/models/source/all-MiniLM-L6-v2 build/bench
}

main() {
  local argument save= status=0
  for argument in "$@"; do
    if [ "$argument" = --save ]; then save=yes; fi
  done
  need "$bench_needs" && build_model && build_wasm mayfly_core mayfly_bench_core && build_web &&
    install_node_modules tests/bench && export_peer_models || exit 1
  node tests/bench/run.mjs "$@" || status=$?
  if [ -n "$save" ]; then python3 scripts/figures.py || exit 1; fi
  exit "$status"
}
