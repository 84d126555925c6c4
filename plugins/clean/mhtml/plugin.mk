KIT  := rewrite
BASE := utf8
