# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# ./dev format: clang-format over every C file, and the list of files with strings for people; with
# --check it says what it would change.

run_format() {
  local files=() status=0
  place test
  mapfile -d '' files < <(find "$top/src" "$top/tests" -name '*.[ch]' -print0)
  case ${1:-} in
    '')
      inside clang-format -i "${files[@]}"
      string_files >"$top/po/POTFILES"
      ;;
    --check)
      inside clang-format --dry-run --Werror "${files[@]}" || status=1
      diff -u "$top/po/POTFILES" <(string_files) || status=1
      return $status
      ;;
    *) inside clang-format -i "$@" ;;
  esac
}

string_files() {
  printf '%s\n' '# SPDX-License-Identifier: GPL-3.0-or-later' '# Written by ./dev format: every file with strings for people.'
  cd "$top" || return
  LC_ALL=C grep -rlE --include='*.[ch]' --include='*.ui' --include='*.in' \
    '\b(N?C?_|ngettext) \("|translatable="yes"|^(Name|Comment)=|<summary>' src data | LC_ALL=C sort
}
