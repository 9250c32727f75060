# SPDX-License-Identifier: Apache-2.0
# Which files are formatted, and by what.

cpp_files() {
  find src wasm tests -name node_modules -prune -o \( -name '*.cpp' -o -name '*.h' \) -print0
}

check_cpp_format() { cpp_files | xargs -0 clang-format --dry-run --Werror; }
write_cpp_format() { cpp_files | xargs -0 clang-format -i; }

# .prettierignore leaves out what is built or copied from elsewhere.
run_prettier() {
  web/node_modules/.bin/prettier --ignore-path .prettierignore \
    --no-error-on-unmatched-pattern "$1" '{web,wasm,demo,tests,docs}/**/*.{ts,mts,js,mjs,css,html}'
}

check_web_format() { run_prettier --check; }
write_web_format() { run_prettier --write; }
