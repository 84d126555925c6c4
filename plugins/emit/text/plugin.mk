KIT := sinkfile
