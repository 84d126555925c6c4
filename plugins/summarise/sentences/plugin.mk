KIT = words words_table
LIBS = -lm
