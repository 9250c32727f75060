# SPDX-License-Identifier: Apache-2.0
. scripts/dev/compile.sh

usage() {
  cat <<'TEXT'
usage: ./dev demo [--port N]

Installs what is missing, builds everything that the demo needs, serves it on this machine and prints
its address. --port: default 8080, or the next free port. Stop it with Ctrl-C.
TEXT
}

is_free() { # PORT
  node -e 'const s = require("net").createServer();
    s.once("error", () => process.exit(1)).listen(+process.argv[1], "127.0.0.1", () => process.exit(0))' "$1"
}

free_port() { # FIRST
  local port
  for ((port = $1; port < $1 + 50; port++)); do
    if is_free "$port"; then
      printf '%d\n' "$port"
      return 0
    fi
  done
  fail "no port from $1 to $port is free; name one with --port"
  return 1
}

main() {
  local port=
  while [ $# -gt 0 ]; do
    case $1 in
      --port=*) port=${1#*=} ;;
      --port) port=${2:-} && shift ;;
      *)
        usage >&2
        fail "there is no option \"$1\""
        exit 2
        ;;
    esac
    shift
  done
  if [ -n "$port" ] && ! [[ $port =~ ^[0-9]{1,5}$ ]]; then
    fail "\"$port\" is not a port; give a number such as 8080"
    exit 2
  fi
  need "$build_needs" && build_model && build_wasm mayfly_core && build_web || exit 1
  if [ -z "$port" ]; then port=$(free_port 8080) || exit 1; fi
  printf '\n'
  exec npm --prefix web run --silent serve:demo -- --port "$port"
}
