# SPDX-License-Identifier: Apache-2.0
# What Emscripten needs around it: headers that are only headers, and modules that its tools import.

header_links=$root/build/header-links

# A folder with links to nlohmann/ and catch2/ only: the whole system include folder would put the
# machine's own C library before Emscripten's.
link_headers() {
  local name header folder
  mkdir -p "$header_links"
  for header in nlohmann/json.hpp catch2/catch.hpp; do
    name=${header%%/*}
    if [ -e "$header_links/$header" ]; then continue; fi
    folder=$(header_folder "$header") || return 1
    ln -sfn "$folder/$name" "$header_links/$name"
  done
}

# Debian's Emscripten asks Node for the module acorn, which a Node that is not Debian's does not look for in
# Debian's folder. A current emsdk carries its own modules and needs none of this.
use_emscripten() {
  link_headers || return 1
  case $(readlink -f "$(command -v emcc)") in
    /usr/share/emscripten/*) export NODE_PATH=/usr/share/nodejs${NODE_PATH:+:$NODE_PATH} ;;
  esac
}

# Emscripten 3.1.6 takes a Node with fetch for a browser; the option that hides fetch went away later.
node_without_fetch() {
  if node --no-experimental-fetch -e 0 2> /dev/null; then
    node --no-experimental-fetch "$@"
  else
    node "$@"
  fi
}
