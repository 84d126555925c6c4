KIT := ignore walk
