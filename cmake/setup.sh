# Sourced by ./demo and ./check: says what a step does, and installs the Debian packages that are missing.

say() {
    printf '\n== %s\n' "$*"
}

die() {
    printf '%s\n' "$*" >&2
    exit 2
}

# Installs those of the packages named that are not there; the machine is asked only when something is missing.
need_packages() {
    command -v dpkg-query >/dev/null || die "this needs Debian 12 (or a relative): dpkg-query is not here"
    missing=""
    for package in "$@"; do
        state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) || state=""
        [ "$state" = installed ] || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    say "Installing$missing"
    as_root=""
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || die "run this as root, or install sudo, or install by hand:$missing"
        as_root=sudo
    fi
    $as_root apt-get update -q >/dev/null || die "apt-get update failed; is there a network?"
    # shellcheck disable=SC2086 # the list is meant to be split
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $missing >/dev/null ||
        die "apt-get could not install$missing"
}

build_packages="gcc libc6-dev libstdc++-12-dev cmake ninja-build pkg-config libsqlite3-dev libutf8proc-dev
 libstemmer-dev libmd4c-dev libyaml-dev libuchardet-dev libjansson-dev libxxhash-dev
 zlib1g-dev libzstd-dev liblzma-dev libexpat1-dev libarchive-dev libbz2-dev nettle-dev"
test_packages="poppler-utils libcmocka-dev g++ libxapian-dev clang clang-format libclang-rt-14-dev sqlite3 zstd xz-utils bzip2 jq binutils python3-minimal"

# configure_and_build PRESET: cmake and ninja, silent unless something is wrong.
configure_and_build() {
    if [ ! -f "build/$1/build.ninja" ]; then
        say "Configuring build/$1"
        cmake --preset "$1" >"build-$1.log" 2>&1 || { cat "build-$1.log" >&2; rm -f "build-$1.log"; exit 2; }
        rm -f "build-$1.log"
    fi
    say "Building build/$1"
    cmake --build --preset "$1" -- --quiet || exit 2
}
