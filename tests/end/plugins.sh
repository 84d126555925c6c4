#!/bin/bash
# Plugins that others built: taken when they are older or newer, refused with one
# sentence when they are broken, looked for only where they should be.
# usage: tests/end/plugins.sh BUILD
set -u
. "$(dirname "$0")/expect.bash"
top=$(realpath "$(dirname "$0")/../..")
mkdir "$work/plugins" "$work/in" "$work/include"
cp -r "$top/core/include/galley" "$work/include/" # as installed: nothing else of the tree
printf 'The low tide came. At high tide it rained.\n' >"$work/in/a.txt"
build() { # $1 source, $2 file, then flags
    local source=$1 file=$2
    shift 2
    ${CC:-cc} -std=c11 -D_GNU_SOURCE -Wall -Wextra -Wpedantic -Werror -fPIC -fvisibility=hidden -shared \
        -I"$work/include" -o "$file" "$source.c" "$@" -pthread 2>"$work/err" || no "$source.c $* compiles"
}
config() { # $1 stage
    printf 'galley = 1;\npipeline = ( { use = "fetch.folder"; }, { use = "clean.charset"; }, { use = "%s"; }, { use = "emit.jsonl"; keys = ["text", "notes", "layers"]; } );\n' "$1" >"$work/$1.cfg"
}

# ---- taken
for age in PLAIN OLDER NEWER; do
    name=extract.odd-$(echo $age | tr A-Z a-z)
    build "$top/tests/plugins/odd" "$work/plugins/$name.so" -DODD_$age -DNAME="\"$name\""
    config $name
    expect "$age is listed" 0 "$name " "$galley" list --plugin-dir "$work/plugins"
    expect "$age is inspected" 0 "1 to 9 times" "$galley" inspect $name --plugin-dir "$work/plugins"
    expect "$age runs" 0 '"text":"odd was here"' "$galley" run "$work/$name.cfg" "$work/in" --plugin-dir "$work/plugins"
done

# ---- a stage of somebody else, with a layer of its own
sed -n '/^```c$/,/^```$/{/^```/d;p}' "$top/core/doc/stage.md" >"$work/tide.c" # as the tutorial has it
build "$work/tide" "$work/plugins/harbour.tide.so"
config harbour.tide
check "it names no symbol of galley" [ -z "$(nm -D --undefined-only "$work/plugins/harbour.tide.so" | grep -i 'gly\|galley')" ]
check "it exports one symbol" [ "$(nm -D --defined-only "$work/plugins/harbour.tide.so" | wc -l)" -eq 1 ]
expect "its layer is written" 0 '"layers":{"tide/1":[{"start":4,"end":12,"level":"low","weight":0.25,"word":"low"},{"start":22,"end":31,"level":"high","weight":0.25,"word":"high"}]}' \
    "$galley" run "$work/harbour.tide.cfg" "$work/in" --plugin-dir "$work/plugins" --set tide.weight=0.25
expect "its layer is inspected" 0 "Tides that the text names" "$galley" inspect tide/1 --plugin-dir "$work/plugins"
expect "its options are checked" 2 "it must lie between 0 and 1" "$galley" check "$work/harbour.tide.cfg" "$work/in" --plugin-dir "$work/plugins" --set tide.weight=7
sed -i 's/use = "emit/when = "count('"'tide\/1'"') > 2"; use = "emit/' "$work/harbour.tide.cfg"
expect "conditions know its layer" 0 "" "$galley" run "$work/harbour.tide.cfg" "$work/in" --plugin-dir "$work/plugins"
check "and hold by it" [ ! -s "$work/out" ]

# ---- refused while it is looked at; the others go on
refused() { # $1 macro, $2 words of the reason
    rm -rf "$work/bad" && mkdir "$work/bad" && cp "$work/plugins/harbour.tide.so" "$work/bad/"
    build "$top/tests/plugins/odd" "$work/bad/extract.odd.so" -DODD_$1
    expect "$1 is refused" 1 "extract.odd.so: error: plugin 'extract.odd' is refused: $2" "$galley" list --plugin-dir "$work/bad"
    check "$1 leaves the others" grep -q '^harbour.tide ' "$work/out"
    check "$1 prints nothing of its own" [ "$(grep -c hello "$work/out")" -eq 0 ]
}
refused GENERATION "it is built for another generation"
refused NOTHING "it has no gly_plugin_v0"
refused NEEDS "it needs a newer galley"
refused KIND "its kind is none"
refused NO_PROCESS "it is a transform without process()"
refused OPTION_OUTSIDE "an option lies outside"
refused OPTION_TYPE "an option has a type"
refused LAYER "a field of a layer lies outside its record"
refused NAME_NOWHERE "it crashes while it is looked at (Segmentation fault)"
refused READS_NOWHERE "it crashes while it is looked at (Segmentation fault)"
refused LOAD_ABORTS "it crashes while it is looked at (Aborted)"
refused LOAD_EXITS "it ends the process while it is loaded"
refused LOAD_PRINTS "it prints to standard output"
refused LOAD_THREAD "it starts a thread"
refused LOAD_LOCALE "it sets the locale"
config extract.odd
expect "a config names the refused one" 2 "odd.cfg:2: error: stage 'extract.odd' is refused: it sets the locale" \
    "$galley" check "$work/extract.odd.cfg" "$work/in" --plugin-dir "$work/bad"
build "$top/tests/plugins/odd" "$work/bad/extract.other.so" -DODD_PLAIN
expect "another name than its file" 1 "its descriptor has another name than its file" "$galley" list --plugin-dir "$work/bad"
head -c 2000 "$work/plugins/harbour.tide.so" >"$work/bad/extract.cut.so"
mkfifo "$work/bad/extract.pipe.so"
mkdir "$work/bad/extract.folder.so"
echo hello >"$work/bad/extract.text.so"
cp "$work/plugins/harbour.tide.so" "$work/bad/Bad Name.so"
expect "odd files" 1 "plugin 'Bad Name' is refused: its file is not named family.name.so" "$galley" list --plugin-dir "$work/bad"
for odd in cut pipe folder text; do check "odd file $odd" grep -q "extract.$odd' is refused" "$work/err"; done

# ---- refused when it is opened
for odd in "OPEN_PRINTS prints to standard output" "OPEN_THREAD starts a thread" "OPEN_LOCALE sets the locale" "OPEN_FAILS its model is not there; install it" "OPEN_CRASHES stage 'extract.odd' aborts while it is opened"; do
    build "$top/tests/plugins/odd" "$work/plugins/extract.odd.so" -DODD_${odd%% *}
    expect "${odd%% *} is refused" 3 "${odd#* }" "$galley" run "$work/extract.odd.cfg" "$work/in" --plugin-dir "$work/plugins"
done

# ---- where plugins are looked for
tide() { # $1 name, $2 0 or 1: found, then the command
    local name=$1 found=$2
    shift 2
    "$@" >"$work/out" 2>"$work/err"
    [ "$(grep -c '^harbour.tide ' "$work/out")" -eq "$found" ] && ok || no "$name"
}
mkdir -p "$work/data/galley/plugins" "$work/here/plugins" "$work/copy/plugins"
cp "$work/plugins/harbour.tide.so" "$work/data/galley/plugins/"
cp "$work/plugins/harbour.tide.so" "$work/here/"
cp "$work/plugins/harbour.tide.so" "$work/here/plugins/"
cp "$galley" "$work/copy/galley"
cd "$work/here" || exit 1
tide "not in the working directory" 0 "$galley" list
tide "XDG_DATA_HOME" 1 env XDG_DATA_HOME="$work/data" "$galley" list
tide "HOME" 0 env -u XDG_DATA_HOME HOME="$work/data" "$galley" list
tide "GALLEY_PLUGIN_PATH" 1 env GALLEY_PLUGIN_PATH="/nonexistent:$work/plugins" "$galley" list
tide "GALLEY_PLUGIN_PATH, empty and relative" 0 env GALLEY_PLUGIN_PATH=":.:plugins:" "$galley" list
check "a relative one is warned of" grep -q "write it from /" "$work/err"
cp "$work/plugins/harbour.tide.so" "$work/copy/plugins/"
tide "beside the binary" 1 "$work/copy/galley" list
expect "no such directory" 2 "there is no such plugin directory" "$galley" list --plugin-dir "$work/nowhere"
build "$top/tests/plugins/odd" "$work/here/harbour.tide.so" -DODD_PLAIN -DNAME='"harbour.tide"'
expect "--plugin-dir comes first" 0 "Is odd" env GALLEY_PLUGIN_PATH="$work/plugins" "$galley" inspect harbour.tide --plugin-dir "$work/here"
chmod 777 "$work/data/galley/plugins"
if [ "$(id -u)" = 0 ]; then
    tide "root loads nothing from where everyone may write" 0 env XDG_DATA_HOME="$work/data" "$galley" list
    check "and is told so" grep -q "so root does not load from it; chmod o-w" "$work/err"
    chmod 755 "$work/data/galley/plugins" "$work" && chmod o+w "$work/data/galley/plugins/harbour.tide.so"
    expect "nor a file that everyone may write" 1 "everyone may write to it" env XDG_DATA_HOME="$work/data" "$galley" list
else
    tide "a warning where everyone may write" 1 env XDG_DATA_HOME="$work/data" "$galley" list
    check "which names the directory" grep -q "writable by everyone; chmod o-w" "$work/err"
fi
finish
