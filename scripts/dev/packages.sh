# SPDX-License-Identifier: Apache-2.0
# What must be on the machine, and how Debian names it. Looks for the thing itself, not for a package,
# so that a machine that has it from elsewhere (another distribution, emsdk) needs no apt.
. scripts/dev/node.sh

# kind (command, header, module, file) | what | Debian package
build_needs="
command c++ g++
command cmake cmake
command ninja ninja-build
command python3 python3
module pip python3-pip
command node nodejs
command npm npm
command emcc emscripten
clang wasm32 clang-22
linker wasm32 lld-22
header catch2/catch.hpp catch2
header nlohmann/json.hpp nlohmann-json3-dev
header CLI/CLI.hpp libcli11-dev
header simde/wasm/simd128.h libsimde-dev
header openssl/evp.h libssl-dev
file /etc/ssl/certs/ca-certificates.crt ca-certificates
"
test_needs="$build_needs
command chromium chromium
command clang-format clang-format
command hugo hugo
"
docs_needs="
command node nodejs
command npm npm
"
bench_needs="$test_needs
module venv python3-venv
module ensurepip python3-venv
"

# The compiler's system include folders, one per line.
include_folders() {
  c++ -x c++ -E -v /dev/null 2>&1 > /dev/null |
    sed -n '/^#include </,/^End of search/{s/^ \(\/.*\)/\1/p}'
}

header_folder() { # HEADER -> the first include folder that has it
  local folder
  while read -r folder; do
    if [ -e "$folder/$1" ]; then
      printf '%s\n' "$folder"
      return 0
    fi
  done < <(include_folders)
  return 1
}

has_any() { # COMMAND...
  local one
  for one in "$@"; do
    if command -v "$one" > /dev/null; then return 0; fi
  done
  return 1
}

emscripten_folder() { dirname "$(readlink -f "$(command -v emcc || echo /nonexistent/emcc)")"; }

has() { # KIND WHAT
  case $1 in
    # The kernel pack needs a clang that knows final relaxed SIMD (wasm/CMakeLists.txt looks for the same).
    clang) has_any clang++-{22,21,20,19} "$(emscripten_folder)/../bin/clang++" ;;
    linker) has_any wasm-ld-{22,21,20,19} "$(emscripten_folder)/../bin/wasm-ld" ;;
    command) command -v "$2" > /dev/null ;;
    header) command -v c++ > /dev/null && header_folder "$2" > /dev/null ;;
    module) python3 -c "import importlib.util as u, sys; sys.exit(u.find_spec('$2') is None)" 2>/dev/null ;;
    file) [ -e "$2" ] ;;
  esac
}

# Fills the arrays missing_things and missing_packages.
find_missing() { # NEEDS
  missing_things=() missing_packages=()
  local kind what package
  while read -r kind what package; do
    if [ -n "$kind" ] && ! has "$kind" "$what"; then
      missing_things+=("$what")
      missing_packages+=("$package")
    fi
  done <<< "$1"
}

apt_install() { # PACKAGE...
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then as_root=(sudo); fi
  "${as_root[@]}" apt-get update || return 1
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y --no-install-recommends "$@"
}

# Makes sure that everything of a list is there; says in a sentence what to do where it cannot.
need() { # NEEDS
  find_missing "$1"
  if [ "${#missing_things[@]}" -gt 0 ]; then
    local command="apt-get install ${missing_packages[*]}"
    printf 'Missing: %s\nDebian packages: %s\n' "${missing_things[*]}" "${missing_packages[*]}"
    if ! command -v apt-get > /dev/null; then
      fail "install these with your system's package manager (Debian's names: ${missing_packages[*]})"
      return 1
    fi
    if [ "$(id -u)" -ne 0 ] && ! command -v sudo > /dev/null; then
      fail "you are not root and sudo is missing; as root run: apt-get update && $command"
      return 1
    fi
    step packages "install ${#missing_packages[@]} packages with apt" apt_install "${missing_packages[@]}" || {
      fail "as root run: apt-get update && $command"
      return 1
    }
    hash -r
    find_missing "$1"
    if [ "${#missing_things[@]}" -gt 0 ]; then
      fail "still missing after the installation: ${missing_things[*]}"
      return 1
    fi
  fi
  use_node
}
