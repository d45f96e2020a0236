# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# ./dev screenshots: pictures of the program itself, below build/screenshots; with words only those
# whose names hold one of them.

take_screenshots() {
  place test
  programs
  local shots=$top/build/screenshots locales=$top/build/locales status=0
  mkdir -p "$shots" "$locales"
  # The toolkit mirrors the window in a locale that is written from the right.
  [ -d "$locales/ar_EG.utf8" ] || inside localedef -i ar_EG -f UTF-8 "$locales/ar_EG.utf8" ||
    die "the Arabic locale could not be made"
  [ $# != 0 ] || rm -f "$shots"/*.png
  offline_entry
  "${entry[@]}" "$top/tests/e2e/run" "$top/tests/e2e/screenshots.py" "$build/src/cli/barista" \
    "$build/src/ui/barista-window" "$shots" "$locales" "$@" </dev/null || status=$?
  # It has said which words no picture has in its name.
  [ "$status" != 2 ] || exit 2
  [ "$status" = 0 ] || die "not every picture could be taken"
  set -- "$shots"/*.png
  say "Pictures in build/screenshots: $#."
}
