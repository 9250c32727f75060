# SPDX-License-Identifier: Apache-2.0
. scripts/dev/compile.sh

usage() {
  cat <<'TEXT'
usage: ./dev build [native|wasm|web|model]...

Builds everything, or the named parts:
  native  build/native/mayfly and its tests
  model   build/models: minilm.safetensors (builds the native program first) and minilm-static.safetensors
  wasm    build/wasm: the WebAssembly module and its tests
  web     web/dist: the npm package (builds the WebAssembly module first)
TEXT
}

main() {
  local part
  for part in "$@"; do
    case $part in
      native | wasm | web | model) ;;
      *)
        usage >&2
        fail "there is no part \"$part\" to build"
        exit 2
        ;;
    esac
  done
  need "$build_needs" || exit 1
  if [ $# -eq 0 ]; then set -- all; fi
  for part in "$@"; do
    if [ "$part" = web ]; then build_wasm || exit 1; fi
    "build_$part" || exit 1
  done
}
