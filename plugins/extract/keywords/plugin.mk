KIT = words words_table stem
LIBS = -lstemmer -lm
HEADERS = libstemmer.h
PACKAGES = libstemmer-dev
