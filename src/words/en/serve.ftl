# The pages of `cramp serve`: what the terminal says of them.
listening = Serving the diary on http://localhost:{ $port } (Ctrl-C stops).
