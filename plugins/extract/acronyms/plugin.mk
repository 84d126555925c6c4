KIT =
