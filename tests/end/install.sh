#!/bin/bash
# make install below a DESTDIR: the binary runs, a stage is built from what was
# installed alone, and make uninstall leaves nothing.
# usage: tests/end/install.sh BUILD
set -u
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0
root=$work/root/usr/local

check() { # $1 what, then a command that must hold
    local what=$1
    shift
    if "$@" >"$work/said" 2>&1; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED $what"; head -5 "$work/said"; fi
}

check "make install" make --no-print-directory BUILD="$1" DESTDIR="$work/root" install
check "the binary" "$root/bin/galley" --version
check "the configs" [ -s "$root/share/galley/configs/press.cfg" ]
check "the docs" [ -s "$root/share/doc/galley/stage.md" ]
check "the schema" [ -s "$root/share/galley/article.schema.json" ]

cat >"$work/mine.c" <<'C'
#include <galley/plugin.h>

static gly_status process(void *self, gly_doc *d)
{
    (void)self, (void)d;
    return GLY_OK;
}

static const gly_stage_ops ops = { .size = sizeof ops, .process = process };
static const char *const reads[] = { "text", NULL };

GLY_PLUGIN(.kind = GLY_TRANSFORM, .name = "extract.mine", .version = "1.0.0",
    .summary = "Does nothing", .license = "MIT", .reads = reads, .ops = &ops);
C
flags=$(PKG_CONFIG_LIBDIR=$root/lib/pkgconfig PKG_CONFIG_SYSROOT_DIR=$work/root pkg-config --cflags galley)
check "pkg-config names the headers" [ "${flags% }" = "-I$root/include" ]
# shellcheck disable=SC2086
check "a stage compiles" gcc -std=c11 -Wall -Wextra -Werror -shared -fPIC -fvisibility=hidden $flags \
    "$work/mine.c" -o "$root/lib/galley/plugins/extract.mine.so"
"$root/bin/galley" list --plugin-dir "$root/lib/galley/plugins" >"$work/list" 2>&1
check "and is listed" grep -q '^extract.mine .*Does nothing' "$work/list"
check "beside those of galley" grep -q '^emit.jsonl ' "$work/list"

check "make uninstall" make --no-print-directory BUILD="$1" DESTDIR="$work/root" uninstall
check "leaves the stages of others" [ -e "$root/lib/galley/plugins/extract.mine.so" ]
rm -f "$root/lib/galley/plugins/extract.mine.so"
check "make uninstall again" make --no-print-directory BUILD="$1" DESTDIR="$work/root" uninstall
check "and then nothing" [ -z "$(find "$work/root" -type f -o -name galley)" ]

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
