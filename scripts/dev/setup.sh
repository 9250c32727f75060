# SPDX-License-Identifier: Apache-2.0
. scripts/dev/compile.sh

usage() {
  cat <<'TEXT'
usage: ./dev setup

Installs what building and testing need (apt packages on Debian, npm packages into web/node_modules,
tests/packaging/node_modules and tests/recipes/node_modules), downloads the model's package and verifies it against models/manifest.json.
Does nothing that is done.
TEXT
}

main() {
  need "$test_needs" && install_node_modules web && install_node_modules tests/packaging &&
    install_node_modules tests/recipes && fetch_model || exit 1
  printf 'Everything is there. Next: ./dev build, ./dev test or ./dev demo\n'
}
