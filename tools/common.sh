# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# What every other part of ./dev uses: messages, the cache folder, root rights, package lists.

say() { printf '%s\n' "$*" >&2; }

die() {
  say "./dev: $1"
  shift
  [ $# = 0 ] || printf '  %s\n' "$@" >&2
  exit 1
}

# Prints the names in a package list, one a line.
list() { sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$1"; }

# Sets $cache, the folder outside the tree that keeps what is made once.
cache_folder() {
  local base=${XDG_CACHE_HOME:-}
  [[ $base == /* ]] || base=${HOME:?./dev needs HOME or XDG_CACHE_HOME}/.cache
  cache=$base/barista
  [ -d "$cache" ] || mkdir -p "$cache"
}

# can_be_root: whether as_root will work, asking for a password only on a terminal.
can_be_root() {
  [ "$(id -u)" = 0 ] && return
  command -v sudo >/dev/null || return
  sudo -n true 2>/dev/null || [ -t 2 ]
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# lock FILE: waits for it, saying so once, and sets $lock_fd; unlock before exec, so that no
# program inherits it.
lock() {
  exec {lock_fd}>"$1"
  flock -n "$lock_fd" || {
    say "Waiting for another ./dev to finish ..."
    flock "$lock_fd"
  }
}

unlock() { exec {lock_fd}>&-; }

# Turns apt's status lines into one line that changes on a terminal, and a line a fifth elsewhere.
progress() {
  local kind percent last='' step
  while IFS=: read -r kind _ percent _; do
    case $kind in
      dlstatus) kind="Downloading packages" ;;
      pmstatus) kind="Installing packages" ;;
      *) continue ;;
    esac
    step=${percent%.*}
    [ -t 2 ] || step=$((step / 20 * 20))
    [ "$kind $step" != "$last" ] || continue
    last="$kind $step"
    if [ -t 2 ]; then printf '\r\033[K%s: %s %%' "$kind" "$step" >&2; else say "$kind: $step %"; fi
  done
  [ ! -t 2 ] || [ -z "$last" ] || printf '\r\033[K' >&2
}

# fail_with_log LOG MESSAGE: shows the end of a log that ended badly.
fail_with_log() {
  say "--- end of $1"
  tail -n 25 "$1" >&2
  die "$2"
}
