KIT        := unicode unicode_table calendar words words_table page/charref page/charrefs
BASE       := utf8
PKG_CONFIG := libcjson
PACKAGES   := libcjson-dev
LIBS       := -lm
