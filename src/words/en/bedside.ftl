# The page of the bedside.
cramp-now = Cramp now
