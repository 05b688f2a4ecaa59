#!/bin/sh
# The tests as on an AArch64 machine, with NEON:  tests/campaigns/arm64.sh [CTEST-ARGUMENT...]
# Cross-builds against Debian's own libraries for arm64, which lie unpacked in build/arm64-root and touch nothing of this
# machine's, and runs under qemu-user what it built. Times mean nothing there.
set -eu
cd "$(dirname "$0")/../.."
. cmake/setup.sh

need_packages g++-aarch64-linux-gnu qemu-user mmdebstrap cmake ninja-build pkg-config
if [ ! -d build/arm64-root ]; then
    say "Unpacking Debian's libraries for arm64"
    # shellcheck disable=SC2086 # the list is meant to be split
    libraries=$(printf '%s\n' $build_packages libcmocka-dev | grep -e '-dev$' | paste -s -d , -)
    mkdir -p build
    rm -rf build/arm64-root.new
    mmdebstrap --quiet --variant=extract --architectures=arm64 --include="$libraries" bookworm build/arm64-root.new ||
        die "Debian's libraries for arm64 could not be had"
    mv build/arm64-root.new build/arm64-root
fi
configure_and_build arm64

say "Testing"
exec ctest --preset arm64 -j"$(nproc)" --progress "$@"
