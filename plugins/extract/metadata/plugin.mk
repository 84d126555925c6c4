KIT        := unicode unicode_table calendar words words_table
BASE       := utf8
PKG_CONFIG := libcjson
PACKAGES   := libcjson-dev
LIBS       := -lm
