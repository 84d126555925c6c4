KIT  := rewrite page/page page/token page/charref page/charrefs page/names
LIBS := -lm
BASE := utf8
