# The pages of the desk.
this-week = This week
