KIT  := rewrite page/page page/token page/charref page/charrefs page/names phrases phrase_lists unicode unicode_table
LIBS := -lm
BASE := utf8
