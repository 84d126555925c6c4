KIT  := repeats sinkfile unicode unicode_table
BASE := utf8
