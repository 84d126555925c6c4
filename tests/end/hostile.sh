#!/bin/bash
# Pages made to wear a reader out go through the whole pages pipeline: each ends, and
# takes no more memory than 20 times its bytes where it is markup, 80 where it is all
# marks and hashtags, of which each becomes a record. Memory is what is set aside for
# a document, so that the same page always fits or never; make bench-pages measures
# what is touched. A loop within a loop over two megabytes would not end at all.
# usage: tests/end/hostile.sh BUILD
set -u
cd "$(dirname "$0")/../.." || exit 1
galley=$(realpath "$1")/galley passed=0 failed=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
ok() { passed=$((passed + 1)); }
no() { failed=$((failed + 1)); echo "FAILED: $1"; }

mkdir "$work/markup" "$work/text"
python3 - "$work" <<'PY'
import sys

SIZE = 2_000_000


def page(folder, name, unit, before="<!DOCTYPE html><html><body>", after=""):
    unit = unit.encode()
    with open(f"{sys.argv[1]}/{folder}/{name}.html", "wb") as out:
        out.write(before.encode() + unit * (SIZE // len(unit)) + after.encode())


LD = '<script type="application/ld+json">'
page("markup", "open-divs", "<div>")
page("markup", "open-divs-with-text", "<div>x")
page("markup", "long-attribute", "x", before="<p title='", after="'>text")
page("markup", "many-attributes", " a=b", before="<p", after=">text")
page("markup", "same-attribute", " class=a", before="<p", after=">text")
page("markup", "unclosed-script", "if (a<b) ", before="<p>text</p><script>")
page("markup", "scripts-in-comments", "<!--<script>", before="<p>text</p><script>")
page("markup", "unclosed-comment", "-", before="<p>text</p><!--x")
page("markup", "half-comments", "<!-")
page("markup", "cdata", "<svg><![CDATA[x")
page("markup", "deep-tables", "<table><tr><td>x")
page("markup", "cells", "<td>x", before="<table><tr>")
page("markup", "rows", "<tr><td>x", before="<table>")
page("markup", "items", "<ul><li>a")
page("markup", "paragraphs", "<p>ab")
page("markup", "headings", "<h2>a</h2>")
page("markup", "titles", "<title>a</title>", before="")
page("markup", "meta", '<meta property="article:tag" content="a,b,c">', before="<head>")
page("markup", "authors", '<meta name="author" content="Ann Other">', before="<head>")
page("markup", "dates", '<span class="date">1 May 2020</span>')
page("markup", "nested-times", "<time>")
page("markup", "nested-properties", "<i itemprop=x>")
page("markup", "nested-headings", "<h1><span>a")
page("markup", "wrong-end-tags", "</b>", before="<b><div>" * 300)
page("markup", "misnested", "<b><div>x</b>")
page("markup", "quotations", "<blockquote>a")
page("markup", "links", "<a href=x>y")
page("markup", "json-brackets", "[", before=LD, after="</script><p>text")
page("markup", "json-authors", '{"@type":"Person","name":"Ann Other"},',
     before=LD + '{"@type":"NewsArticle","author":[', after="{}]}</script><p>text")
page("markup", "json-bodies", '"articleBody":"x y z a b c d e", ', before=LD + "{", after="}</script><p>x y z a b c d")
page("markup", "title-in-parts", "a | ", before="<title>", after="</title><p>text")
page("markup", "references", "&amp;")
page("text", "half-references", "&a")
page("text", "numeric-references", "&#")
page("text", "less-than", "<")
page("text", "quotation-marks", '"')
page("text", "nested-quotations", "“a ")
page("text", "said", 'said "x" ')
page("text", "apostrophes", "'a\" ")
page("text", "nul", "a\0a text. ", before="")
page("text", "combining-marks", "\u0301", before="a")
page("text", "hashtags", "#tag @name ")
page("text", "acronyms", "NATO (NATO) ")
page("text", "dots", "...")
page("text", "one-word", "a")
page("text", "lines-of-code", "a\n", before="<pre>")
PY

for folder in markup text; do
    count=$(find "$work/$folder" -name '*.html' | wc -l)
    [ $folder = markup ] && memory=40000000 || memory=160000000
    "$galley" run configs/pages.cfg "$work/$folder" -o "$work/out-$folder" --no-isolate \
        --set run.memory=$memory --set run.timeout='120 s' >"$work/said" 2>&1
    grep -q "^$count inputs = $count written + 0 dropped + 0 failed" "$work/said" && ok ||
        { no "$folder: all $count pages end in $memory bytes"; grep -vE '^(time|slowest)' "$work/said" | head -20; }
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
