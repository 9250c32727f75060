# SPDX-License-Identifier: Apache-2.0
usage() {
  cat <<'TEXT'
usage: ./dev clean [--all]

Removes build/ and web/dist/. --all removes the installed npm packages and the cached model package
(${XDG_CACHE_HOME:-~/.cache}/mayfly) too.
TEXT
}

main() {
  local cache=${XDG_CACHE_HOME:-$HOME/.cache}/mayfly folders=(build web/dist)
  case ${1:-} in
    '') ;;
    --all) folders+=({web,tests/bench,tests/packaging,tests/recipes,scripts/api-reference}/node_modules "$cache") ;;
    *)
      usage >&2
      fail "there is no option \"$1\""
      exit 2
      ;;
  esac
  local folder
  for folder in "${folders[@]}"; do
    if [ -e "$folder" ]; then
      rm -rf "$folder" || exit 1
      printf 'removed %s\n' "$folder"
    fi
  done
}
