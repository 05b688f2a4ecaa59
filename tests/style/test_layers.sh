# Who may know whom: a module includes only itself and what stands below it.
set -eu
cd "$SOURCE_DIR"
failed=0
may_include() { # MODULE, then the folders it may name
    module=$1
    shift
    allowed=$(printf '|%s/' "$@")
    found=$(grep -rnE '^#include "[a-z_]+/' --include='*.[ch]' "$module" |
        grep -vE "#include \"(${allowed#|})" || true)
    [ -z "$found" ] || { printf '%s may not include:\n%s\n' "$module" "$found"; failed=1; }
}
may_include base base
may_include corpus base corpus
may_include indexer base corpus indexer
may_include query base corpus indexer query
may_include api base corpus indexer query api
may_include cli base cli

# include/pinakes.h is everybody's for its types; its functions are above all that they are made of.
functions=$(sed -n 's/^PINAKES_API .*[ *]\(pinakes_[a-z_]*\)(.*/\1/p' include/pinakes.h | paste -sd'|' -)
found=$(grep -rnE "\<($functions)\(" --include='*.[ch]' base corpus indexer query | grep -vE ':[0-9]+:(/| )\*' || true)
[ -z "$found" ] || { printf 'below the API may not call it:\n%s\n' "$found"; failed=1; }
exit $failed
