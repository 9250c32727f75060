# SPDX-License-Identifier: Apache-2.0
# docs/api, from the doc comments of the package's public declarations. Fails where one has none.

write_api_reference() { # [FOLDER]
  install_node_modules scripts/api-reference &&
    scripts/api-reference/node_modules/.bin/typedoc --options scripts/api-reference/typedoc.json \
      --logLevel Warn --out "${1:-docs/api}"
}

check_api_reference() {
  write_api_reference build/api-reference || return 1
  if diff -ru docs/api build/api-reference; then return 0; fi
  fail "docs/api is not what the doc comments say; run ./dev docs"
  return 1
}
