# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# Builds below build/: one folder for each kind, made anew when the place or the options change.

# What the programs are made of; a newer file in here means that they are stale.
program_sources=("$top/meson.build" "$top/meson.options" "$top/src" "$top/data" "$top/po")

# CI lets no warning pass; elsewhere a newer compiler's must not keep anyone from building.
strict=()
[ "${CI:-}" != true ] || strict=(-Dwerror=true)

# configure NAME OPTION...: sets $build and sees to it that it is set up; the caller holds the lock.
configure() {
  build=$top/build/$1
  shift
  set -- "${strict[@]}" "$@"
  local wanted="$place_key $*"

  ! configured "$wanted" || return 0
  if set_up_as "$wanted"; then
    set -- --reconfigure
  else
    rm -rf "$build"
    mkdir -p "$build"
  fi
  say "Setting up ${build#"$top/"} ..."
  CC=${compiler:-gcc} inside meson setup "$@" "$build" "$top" </dev/null >"$build/setup.log" 2>&1 ||
    fail_with_log "$build/setup.log" "meson setup failed"
  printf '%s\n' "$wanted" >"$build/.configured"
}

# configured WANTED: whether $build was set up that way, when all the packages of now were there.
configured() { [ "$build/.configured" -nt "$made" ] && set_up_as "$1"; }

set_up_as() {
  local kept
  [ -e "$build/.configured" ] && IFS= read -r kept <"$build/.configured" && [ "$kept" = "$1" ]
}

# compile TARGET...: builds in $build; ninja's own line on a terminal, a word elsewhere.
compile() {
  if [ -t 2 ]; then
    inside ninja -C "$build" "$@" </dev/null >&2 || die "the build failed"
  else
    inside ninja -C "$build" "$@" </dev/null >"$build/compile.log" 2>&1 ||
      fail_with_log "$build/compile.log" "the build failed"
  fi
}

# programs: the window and the command line, built when a source is newer than the last build.
programs() {
  build=$top/build/$place
  [ ! -e "$build/.built" ] || ! configured "$place_key ${strict[*]}" ||
    [ -n "$(find "${program_sources[@]}" -newer "$build/.built" -print -quit)" ] || return 0

  mkdir -p "$top/build"
  lock "$build.lock"
  configure "$place"
  : >"$build/.building"
  say "Building Barista ..."
  compile src/cli/barista src/ui/barista-window
  mv "$build/.building" "$build/.built"
  unlock
}
