# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# ./dev format: clang-format over every C file, or with --check a list of those that it would change.

run_format() {
  local files=()
  place test
  mapfile -d '' files < <(find "$top/src" "$top/tests" -name '*.[ch]' -print0)
  case ${1:-} in
    '') inside clang-format -i "${files[@]}" ;;
    --check) inside clang-format --dry-run --Werror "${files[@]}" ;;
    *) inside clang-format -i "$@" ;;
  esac
}
