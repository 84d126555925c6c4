KIT := name words words_table
BASE := utf8
