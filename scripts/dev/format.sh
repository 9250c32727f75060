# SPDX-License-Identifier: Apache-2.0
. scripts/dev/compile.sh
. scripts/dev/formatting.sh

usage() {
  cat <<'TEXT'
usage: ./dev format [--check]

Formats C++ with clang-format 14 (.clang-format) and TypeScript, JavaScript, CSS and HTML with prettier
(web/package.json). --check changes nothing and fails where a file is not formatted.
TEXT
}

main() {
  accept_check_only "$@"
  need "$test_needs" && install_node_modules web || exit 1
  if [ "${1:-}" = --check ]; then
    check_cpp_format && check_web_format || exit 1
    printf 'Every file is formatted.\n'
  else
    write_cpp_format && write_web_format || exit 1
  fi
}
