KIT = words words_table
BASE = utf8
