# SPDX-License-Identifier: Apache-2.0
# Node.js of the version that the development tools ask for. Debian 12 ships 18, which Playwright
# refuses; npm carries Node.js itself, pinned by node/package-lock.json.
minimum_node=20
own_node=$root/build/node

node_version() {
  node -p 'process.versions.node.split(".")[0]' 2> /dev/null || echo 0
}

# Puts a new enough `node` first on PATH.
use_node() {
  if [ "$(node_version)" -ge "$minimum_node" ]; then return 0; fi
  if ! cmp -s scripts/dev/node/package-lock.json "$own_node/installed-lock"; then
    mkdir -p "$own_node" && cp scripts/dev/node/package*.json "$own_node" || return 1
    step node "install Node.js $minimum_node into build/node (this machine has $(node_version))" \
      npm --prefix "$own_node" ci --no-audit --no-fund || return 1
    cp "$own_node/package-lock.json" "$own_node/installed-lock"
  fi
  PATH=$(echo "$own_node"/node_modules/node-linux-*/bin):$PATH
  hash -r
  if [ "$(node_version)" -lt "$minimum_node" ]; then
    fail "Node.js $minimum_node or newer is needed; install it and try again"
    return 1
  fi
}
