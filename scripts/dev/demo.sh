# SPDX-License-Identifier: Apache-2.0
. scripts/dev/compile.sh

usage() {
  cat <<'TEXT'
usage: ./dev demo [--port N]

Installs what is missing, builds everything that the demo needs, serves it on this machine and prints
its address. --port: default 8080, or the next free port. Stop it with Ctrl-C.
TEXT
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
  printf '\n'
  exec npm --prefix web run --silent serve:demo -- ${port:+--port "$port"}
}
