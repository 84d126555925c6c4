KIT := rewrite words words_table unicode unicode_table
BASE := utf8
LIBS := -lm
