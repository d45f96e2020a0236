# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# Where things run: on the host itself where its packages are new enough, else in a Debian 13 root
# made once. `place run` or `place test` sees to it that everything in that package list is there;
# after it `inside CMD...` runs a command there, `become CMD...` ends in it.

gtk_needed=4.18
adwaita_needed=1.7

# The environment of the host's libraries means nothing to other ones.
host_variables=(
  LD_LIBRARY_PATH LD_PRELOAD PYTHONHOME PYTHONPATH PKG_CONFIG_PATH GI_TYPELIB_PATH
  GIO_EXTRA_MODULES GIO_MODULE_DIR GDK_PIXBUF_MODULE_FILE GTK_PATH
)

# place LIST: sets $place (native or root), $place_key (changes when builds must start anew) and,
# for a root, $root.
place() {
  root=
  if [ -e /etc/barista-root ]; then
    place=root place_key=$(</etc/barista-root) made=/etc/barista-root
    return
  fi

  cache_folder
  ! remembered "$1" || return 0
  find_place "$1"
  mkdir -p "$top/build"
  printf '%s\n' "$place" "$place_key" "$made" >"$top/build/.place-$1"
}

# The answer of an earlier call, while nothing that it came from has changed. It starts no process:
# every `./dev barista` passes here.
remembered() {
  local note=$top/build/.place-$1 source
  for source in "$tools/make-root" "$tools/packages-run" "$tools/packages-$1" /etc/os-release; do
    [ "$note" -nt "$source" ] || return 1
  done
  { read -r place && read -r place_key && IFS= read -r made; } <"$note" || return 1
  [[ $made == "$cache"/* && -e $made ]] || return 1
  if [ "$place" = root ]; then
    root=${made%/*}
    # Another user's root, made for all, cannot be marked.
    { : >"$root.used"; } 2>/dev/null || :
  fi
}

# Sets $made too: the file in the cache that says that LIST is there.
find_place() {
  place=native place_key=native root=
  made=$cache/native-$1-$(key_of "$tools/packages-run" "$tools/packages-$1" /etc/os-release)
  [ ! -e "$made" ] || return 0

  root=$cache/debian-13-$(key_of "$tools/make-root" "$tools/packages-run")
  if ! root_ready run && native_possible; then
    root=
    native_install "$1"
    return
  fi

  place=root place_key=${root##*-} made=$root/.packages-$1
  root_ready "$1" || make_root "$1"
  inside true || die "this system does not let ./dev lay the Debian 13 root over its own files" \
    "A container has to allow mount namespaces; a plain user needs user namespaces" \
    "(on Ubuntu: sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0)."
}

key_of() {
  local sum
  sum=$(cat "$@" 2>/dev/null | sha256sum)
  printf '%s' "${sum:0:12}"
}

# --- on the host itself

modules_ready() {
  command -v pkg-config >/dev/null &&
    pkg-config --exists "gtk4 >= $gtk_needed" "libadwaita-1 >= $adwaita_needed" 2>/dev/null
}

# Whether apt offers VERSION or later of PACKAGE.
offered() {
  local candidate
  candidate=$(LC_ALL=C apt-cache policy "$1" 2>/dev/null | sed -n 's/^ *Candidate: //p')
  [ -n "$candidate" ] && [ "$candidate" != "(none)" ] && dpkg --compare-versions "$candidate" ge "$2"
}

native_possible() {
  modules_ready && return
  if ! command -v apt-get >/dev/null; then
    case $(. /etc/os-release 2>/dev/null && printf '%s' "${ID_LIKE:-} ${ID:-}") in
      *fedora* | *suse*) return 0 ;;
      *) return 1 ;;
    esac
  fi
  offered libgtk-4-dev $gtk_needed && offered libadwaita-1-dev $adwaita_needed && return
  # An image without package lists offers nothing yet: its name tells whether to fetch them.
  [ -z "$(find /var/lib/apt/lists -name '*_Packages*' -print -quit 2>/dev/null)" ] || return 1
  release_is_new && can_be_root || return 1
  say "Fetching the package lists ..."
  as_root apt-get -qq update >&2 </dev/null || return 1
  offered libgtk-4-dev $gtk_needed && offered libadwaita-1-dev $adwaita_needed
}

release_is_new() (
  . /etc/os-release 2>/dev/null || return 1
  case ${ID:-} in
    debian) [ "${VERSION_ID:-99}" -ge 13 ] ;;
    *) return 0 ;;
  esac
)

# Installs what is missing of LIST, or says what that is.
native_install() {
  local missing=()
  lock "$cache/native.lock"
  if command -v dpkg-query >/dev/null; then
    mapfile -t missing < <(missing_packages "$1")
    [ "$1" = run ] || ! can_be_root ||
      mapfile -t missing < <(comm -12 <(missing_packages "$1") <(offered_packages))
    [ "${#missing[@]}" = 0 ] || install_missing "${missing[@]}"
  else
    check_without_dpkg
  fi
  modules_ready || die "GTK $gtk_needed and libadwaita $adwaita_needed are still not there"
  : >"$made"
  unlock
}

install_missing() {
  local status=0
  say "Barista needs these packages on this computer: $*"
  can_be_root || die "installing them needs root rights" "sudo apt-get install --no-install-recommends $*"
  as_root "$tools/install-native" "$cache/native.log" "$@" </dev/null > >(progress) || status=$?
  wait $!
  [ "$status" = 0 ] || fail_with_log "$cache/native.log" "the packages could not be installed"
}

# Another release may have other names for some of what only tests need.
offered_packages() {
  [ -n "$(find /var/lib/apt/lists -name '*_Packages*' -print -quit)" ] || as_root apt-get -qq update >&2
  apt-cache pkgnames | sort
}

# Prints the packages of LIST, and of the run list under it, that are not installed.
missing_packages() {
  local wanted
  wanted=$(list "$tools/packages-run"; [ "$1" = run ] || list "$tools/packages-$1")
  sort -u <<<"$wanted" | comm -23 - <(
    # A package may be there under another name that provides this one.
    dpkg-query -W -f '${db:Status-Abbrev} ${Package}, ${Provides}\n' |
      sed -n 's/^ii *//p' | tr ',' '\n' | sed -e 's/(.*//' -e 's/[[:space:]]//g' -e '/^$/d' | sort -u
  )
}

# Where there is no dpkg, the names of packages are not known: say what is missing by what it gives.
check_without_dpkg() {
  local module command missing=()
  for module in gtk4 libadwaita-1 libsoup-3.0 json-glib-1.0 libsecret-1 gtksourceview-5 gnutls yaml-0.1 libzstd liblz4 snappy; do
    pkg-config --exists "$module" 2>/dev/null || missing+=("pkgconfig($module)")
  done
  for command in pkg-config gcc meson ninja msgfmt glib-compile-resources appstreamcli; do
    command -v "$command" >/dev/null || missing+=("/usr/bin/$command")
  done
  [ "${#missing[@]}" = 0 ] || die "these are missing on this computer" "${missing[@]}" "(with dnf: sudo dnf install ${missing[*]@Q})"
}

# --- in a Debian 13 root

root_ready() { cmp -s "$tools/packages-$1" "$root/.packages-$1"; }

make_root() {
  local packages=$1
  case $top/ in
    /usr/* | /etc/*) die "the source folder $top cannot lie below /usr or /etc: the Debian 13 root covers them" ;;
  esac
  can_be_root || die "making the Debian 13 root needs root rights once" \
    "Install sudo, or run as root: XDG_CACHE_HOME=${cache%/barista} $top/dev exec true" \
    "Afterwards a plain user can use it."

  lock "$cache/root.lock"
  if ! root_ready run; then
    need_mmdebstrap
    say "Making a Debian 13 root for Barista, once: about 2 minutes and 1.2 GB in $cache"
    bare_root "$root.new"
    add_packages "$root.new" run
    printf '%s\n' "${root##*-}" | as_root tee "$root.new/etc/barista-root" >/dev/null
    as_root mv -T "$root.new" "$root"
    say "The Debian 13 root is ready: $root"
    drop_old_roots
  fi
  root_ready "$packages" || add_packages "$root" "$packages"
  unlock
}

# bare_root ROOT: a Debian 13 with nothing of ours yet.
bare_root() {
  local sources
  mkdir -p "$cache/debs"
  : >"$root.log"
  mapfile -t sources < <(debian_sources)
  recipe base "$1" "$cache/debs" "$root.log" "${sources[@]}"
}

# add_packages ROOT LIST: the stamp comes last, so that a try that was cut short is seen.
add_packages() {
  [ "$2" = run ] || say "Adding the packages for $2, once ..."
  recipe add "$1" "$cache/debs" "$root.log" "$tools/packages-$2" "$(id -u):$(id -g)"
  as_root cp "$tools/packages-$2" "$1/.packages-$2"
}

# Nothing of it outlives this shell, however that ends. In the background, since apt passes over
# Ctrl-C for as long as dpkg runs.
recipe() {
  local maker shown status=0
  exec {shown}> >(progress)
  as_root setpriv --pdeathsig KILL \
    unshare --mount --propagation private --pid --fork --kill-child --mount-proc \
    "$tools/make-root" "$@" </dev/null >&"$shown" &
  maker=$!
  exec {shown}>&-
  trap 'as_root kill -KILL "$maker"; wait 2>/dev/null; say; die "interrupted; the next call goes on with what was downloaded"' INT TERM
  wait "$maker" || status=$?
  wait
  trap - INT TERM
  [ "$status" = 0 ] || fail_with_log "$root.log" "the Debian 13 root could not be made"
}

need_mmdebstrap() {
  command -v mmdebstrap >/dev/null && return
  command -v apt-get >/dev/null ||
    die "this system offers neither GTK $gtk_needed nor apt" "Barista is built on Debian 12 or later, Ubuntu 25.04 or later, Fedora 42 or later."
  say "Installing mmdebstrap ..."
  as_root "$tools/install-native" "$cache/native.log" mmdebstrap debian-archive-keyring </dev/null >/dev/null ||
    fail_with_log "$cache/native.log" "mmdebstrap could not be installed"
}

# The host's own mirror, where it is Debian's; else mmdebstrap knows the usual one.
debian_sources() {
  local codename mirror security
  . /etc/os-release
  [ "${ID:-}" = debian ] || return 0
  codename=${VERSION_CODENAME:-}
  mirror=$(mirror_of "$codename")
  security=$(mirror_of "$codename-security")
  [ -z "$mirror" ] || printf 'deb %s trixie main\n' "$mirror"
  [ -z "$mirror" ] || [ -z "$security" ] || printf 'deb %s trixie-security main\n' "$security"
}

mirror_of() {
  apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' "Release: $1" 2>/dev/null | head -n 1
}

# Roots of other recipes that nobody used for a day and no program runs in.
drop_old_roots() {
  local old
  for old in "$cache"/debian-13-*/; do
    old=${old%/}
    case $old in "$root" | "$root.new") continue ;; esac
    [ -z "$(find "$old.used" -mtime -1 2>/dev/null)" ] || continue
    ! grep -qsF -- "$old" /proc/[0-9]*/mountinfo || continue
    as_root rm -rf --one-file-system "$old"
    rm -f "${old%.new}.used" "${old%.new}.log"
  done
}

# --- going in

# The program that lays the root's /usr and /etc over the host's, in a mount namespace of the
# caller: home, /tmp, sockets, process ids and the terminal stay what they are.
# Arguments: root (or empty), "offline" or empty, the command that leaves the user namespace, CMD...
# It sets no variable: one that the caller exports by that name would change for the program.
# shellcheck disable=SC2016
way_in='
set -e
if [ -n "$1" ]; then
  cover() { [ ! -e "$1" ] || [ ! -e "$2" ] || mount --bind "$1" "$2"; }
  cover /etc/resolv.conf "$1/etc/resolv.conf"
  cover /etc/hosts "$1/etc/hosts"
  cover /etc/passwd "$1/etc/passwd"
  cover /etc/group "$1/etc/group"
  cover /etc/localtime "$1/etc/localtime"
  cover /etc/ssl/certs/ca-certificates.crt "$1/etc/ssl/certs/ca-certificates.crt"
  cover "$1/var/lib/dpkg" /var/lib/dpkg
  cover "$1/var/cache/fontconfig" /var/cache/fontconfig
  mount --rbind "$1/etc" /etc
  mount --bind "$1/usr" /usr
  export LC_ALL=C.UTF-8 PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
fi
[ -z "$2" ] || ip link set lo up
exec $3 "${@:4}"'

# Sets $entry, the words that go before a command; `entry offline` leaves it only the loopback.
entry() {
  local network=${1:-} spaces=(--mount --propagation private) back='' variables=() v

  [ -z "$network" ] || spaces+=(--net)
  if [ -n "$root" ]; then
    for v in "${host_variables[@]}"; do variables+=(-u "$v"); done
  elif [ -z "$network" ]; then
    entry=()
    return
  fi
  if [ "$EUID" != 0 ]; then
    spaces+=(--user --map-root-user)
    back="unshare --user --map-user=$EUID --map-group=${GROUPS[0]}"
  fi
  entry=(unshare "${spaces[@]}" env "${variables[@]}" /bin/bash -c "$way_in" barista "$root" "$network" "$back")
}

# Sets $entry for tests, which get no network where the system can take it away.
offline_entry() {
  entry offline
  "${entry[@]}" true 2>/dev/null || entry
}

# inside CMD...: runs it in the place.
inside() {
  entry
  "${entry[@]}" "$@"
}

# become CMD...: turns into it, so that signals and the exit code are its own, with the environment
# that ./dev was given rather than the one that bash has made of it.
become() {
  local -a given
  entry
  mapfile -d '' given <"/proc/$$/environ"
  exec env -i "${given[@]}" "${entry[@]}" "$@"
}
