# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# ./dev flatpak: builds flatpak/*.json as it would be published, and starts the program from it. Where
# GNOME's own runtime can't be had, on a stand-in: Debian 13 packages exported under its name.

app_id=io.github.barista.Barista
manifest=$top/flatpak/$app_id.json

run_flatpak() {
  place flatpak
  [ "$(uname -m)" = x86_64 ] || die "the stand-in runtime is made for x86_64 only"
  mkdir -p "$top/build"
  lock "$top/build/flatpak.lock"

  runtime_branch=$(manifest_value runtime-version)
  runtime=$cache/flatpak-$runtime_branch-$(key_of "$tools/make-root" "$tools/make-runtime" \
    "$tools/packages-runtime" "$tools/packages-sdk")
  [ -e "$runtime/ready" ] || make_runtime
  fetch_sources
  build_flatpak
  start_flatpak
  unlock
}

manifest_value() { sed -n "s/^ *\"$1\": \"\\(.*\\)\",\\?$/\\1/p" "$manifest" | head -n 1; }

# --- the runtime

make_runtime() {
  local place_root=$root root=$runtime.new/platform
  say "Making a stand-in of the GNOME $runtime_branch runtime, once: about 4 minutes and 1.5 GB in $cache"
  need_mmdebstrap
  as_root rm -rf --one-file-system "$runtime.new"
  mkdir -p "$runtime.new"
  bare_root "$root"
  add_packages "$root" runtime
  as_root cp -a "$root" "$runtime.new/sdk"
  add_packages "$runtime.new/sdk" sdk

  root=$place_root

  say "Exporting it ..."
  inside_as_root "$tools/make-runtime" "$runtime.new" "$runtime_branch" "$(id -u):$(id -g)" \
    >"$runtime.new/export.log" 2>&1 ||
    fail_with_log "$runtime.new/export.log" "the stand-in runtime could not be exported"
  as_root rm -rf --one-file-system "$runtime"
  mv -T "$runtime.new" "$runtime"
  : >"$runtime/ready"
}

inside_as_root() { if [ "$EUID" = 0 ]; then inside "$@"; else sudo -E "${BASH_SOURCE[0]%/*}/../dev" exec "$@"; fi; }

# --- the sources that the manifest names

# Where the packages came from: in apt's one-line style or its newer one.
root_mirror() {
  { inside cat /etc/apt/sources.list /etc/apt/sources.list.d/debian.sources 2>/dev/null || :; } |
    awk '$1 == "deb" { print $2; exit } $1 == "URIs:" { print $2; exit }'
}

# Debian keeps the same archives, byte for byte: the builder finds them where it would put its own
# downloads, and needs no other network.
fetch_sources() {
  local downloads=$top/build/flatpak/state/downloads mirror source file sum
  mirror=$(root_mirror)
  [ -n "$mirror" ] || die "apt names no Debian archive to fetch the sources from"
  mkdir -p "$downloads"
  while read -r sum file source; do
    [ ! -s "$downloads/$sum/$file" ] || continue
    say "Fetching $file ..."
    mkdir -p "$downloads/$sum"
    inside curl -sSfL -o "$downloads/$sum/$file.part" "${mirror%/}/pool/main/$source" ||
      die "$file could not be fetched"
    printf '%s  %s\n' "$sum" "$downloads/$sum/$file.part" | sha256sum --check --quiet >&2 ||
      die "$file is another file than the manifest names"
    mv "$downloads/$sum/$file.part" "$downloads/$sum/$file"
  done <<'END'
90f74bc1fbf78a6c56b3c4a082a05103b3a56bb17bca1a27e052ea11723292dc snappy-1.2.2.tar.gz s/snappy/snappy_1.2.2.orig.tar.gz
fa240dbf262be053f3898006d502d514936c818e422afdcf33921c63bed9bf2e libyaml-0.2.5.tar.gz liby/libyaml/libyaml_0.2.5.orig.tar.gz
END
}

# --- the program

build_flatpak() {
  local state=$top/build/flatpak
  say "Building the Flatpak ..."
  FLATPAK_USER_DIR=$runtime/user inside dbus-run-session -- flatpak-builder --user --force-clean \
    --disable-download --disable-updates --state-dir="$state/state" --repo="$state/repo" \
    --install "$state/app" "$manifest" </dev/null >"$state/build.log" 2>&1 ||
    fail_with_log "$state/build.log" "the Flatpak could not be built"
}

start_flatpak() {
  local state=$top/build/flatpak
  say "Starting it ..."
  FLATPAK_USER_DIR=$runtime/user inside xvfb-run -a -s '-screen 0 1280x800x24' \
    dbus-run-session -- "$tools/start-flatpak" "$app_id" "$state" </dev/null 2>"$state/session.log" ||
    fail_with_log "$state/start.log" "the program from the Flatpak did not start"
}
