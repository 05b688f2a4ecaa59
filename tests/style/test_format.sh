# Every C file is as clang-format would leave it.
set -eu
command -v clang-format >/dev/null || { echo "skipped: clang-format is not installed"; exit 77; }
cd "$SOURCE_DIR"
find include base corpus indexer query api cli tests -name '*.[ch]' -exec clang-format --dry-run -Werror {} +
