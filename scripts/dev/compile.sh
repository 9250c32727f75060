# SPDX-License-Identifier: Apache-2.0
# One function per thing that is built; each is quick when nothing changed.
. scripts/dev/packages.sh
. scripts/dev/toolchain.sh
. scripts/dev/model.sh

jobs=$(nproc 2>/dev/null || echo 2)

configure() { # PRESET [WRAPPER]
  if [ -e "build/$1/build.ninja" ]; then return 0; fi
  step "configure-$1" "configure $1" ${2:+"$2"} cmake --preset "$1"
}

build_native() { # [TARGET...]
  configure native && step build-native "build native" \
    cmake --build build/native --parallel "$jobs" ${1:+--target "$@"}
}

build_sanitize() {
  configure sanitize && step build-sanitize "build with sanitizers" \
    cmake --build build/sanitize --parallel "$jobs" --target mayfly_tests
}

build_wasm() { # [TARGET...]
  use_emscripten && configure wasm emcmake && step build-wasm "build WebAssembly" \
    cmake --build build/wasm --parallel "$jobs" ${1:+--target "$@"}
}

# The native program and the model that it converts: what everything else reads.
build_model() {
  build_native mayfly && fetch_model && convert_model
}

# `npm ci` where the lock file is not the one that was installed.
install_node_modules() { # FOLDER
  local lock=$1/package-lock.json stamp=$1/node_modules/.installed-lock
  if [ -e "$stamp" ] && cmp -s "$lock" "$stamp"; then return 0; fi
  step "npm-${1//\//-}" "install the npm packages of $1" npm --prefix "$1" ci --no-audit --no-fund &&
    cp "$lock" "$stamp"
}

build_web() {
  install_node_modules web && step build-web "build the web package" npm --prefix web run build
}

build_all() {
  build_native && build_model && build_wasm && build_web
}
