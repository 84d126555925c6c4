KIT := words words_table
