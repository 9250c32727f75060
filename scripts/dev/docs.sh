# SPDX-License-Identifier: Apache-2.0
. scripts/dev/compile.sh
. scripts/dev/api_reference.sh

usage() {
  cat <<'TEXT'
usage: ./dev docs [--check]

Writes docs/api, the reference of the package's public declarations, from their doc comments
(scripts/api-reference). --check changes nothing and fails where it is out of date, or where a
declaration has no comment.
TEXT
}

main() {
  accept_check_only "$@"
  need "$docs_needs" || exit 1
  if [ "${1:-}" = --check ]; then
    check_api_reference || exit 1
    printf 'docs/api is up to date.\n'
  else
    write_api_reference || exit 1
  fi
}
