KIT = glob
