KIT = calendar words words_table
