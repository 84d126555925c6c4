KIT  := repeats rewrite unicode unicode_table
BASE := utf8
