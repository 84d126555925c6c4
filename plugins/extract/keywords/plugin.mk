KIT = words words_table stem
BASE = utf8
LIBS = -lstemmer -lm
HEADERS = libstemmer.h
PACKAGES = libstemmer-dev
