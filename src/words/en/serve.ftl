# The pages of `cramp serve`: what the terminal says of them.
listening = The diary is served. Open this address within two minutes: http://localhost:{ $port }/enter#{ $code }
    Ctrl-C stops.

# The page on which a device is paired
pair-title = Pairing with the diary
pairing = One moment …
pair-failed = This code is not valid any more. Codes work once, for two minutes. Ask for a new one: cramp serve --pair NAME
pair-needs-script = Pairing needs JavaScript. Please turn it on for this page.

# Answers
cannot-read = the diary cannot be read or written just now; see it on the computer with cramp check
body-form = send a JSON object, as { "{" }"line": "left calf 7", "at": "2026-03-04T03:10:00+01:00"{ "}" }
clock-differs = its clock showed { $shown }
browser = this computer
