# What the campaigns in shell share; to be sourced from the top of the checkout, with the seed in RANDOM. Leaves them in a
# folder of their own, $work, which goes when they end, with the program's path in $pinakes.
pinakes=${PINAKES:-build/release/pinakes}
[ -x "$pinakes" ] || { echo "no $pinakes: build first, or name it in PINAKES"; exit 2; }
pinakes=$(realpath "$pinakes")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# kill_within PROCESS MICROSECONDS: with SIGKILL, at a random moment within that time and a quarter of it more;
# $delay_us says when it was.
kill_within() {
    delay_us=$(((RANDOM * 32768 + RANDOM) % ($2 + $2 / 4)))
    sleep "$(printf '%d.%06d' $((delay_us / 1000000)) $((delay_us % 1000000)))"
    kill -9 "$1" 2>/dev/null || true
    wait "$1" 2>/dev/null || true
}
