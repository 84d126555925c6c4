KIT = unicode unicode_table words words_table
BASE = utf8
