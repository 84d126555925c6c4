KIT := rewrite words words_table unicode unicode_table phrases phrase_lists
BASE := utf8
LIBS := -lm
