# The pages of `cramp serve`: what the terminal says of them.
listening = The diary is served on this computer. Open this address within two minutes: { $address }
on-lan = On your home network: { $home }. To pair a phone, in another window: cramp serve --pair NAME
ends = It stops by itself at { $at }. Ctrl-C stops it now.
ends-never = Ctrl-C stops it.
browser-opened = the browser was asked to open it; if it says that it may not read a file, open the address yourself
no-browser = the browser could not be opened ({ $why }); open the address yourself
pair-bedside = Point the camera of the phone at the code, or open { $address } on it, within two minutes. The phone is then known as "{ $name }" and may add to the diary.
pair-reader = Open { $address } in the browser within two minutes. It is then known as "{ $name }" and may read and change the diary.
pair-warning = Someone on the same Wi-Fi could read the taps or add false ones, but cannot read the diary; this is not for shared networks.

# cramp serve --install
would-install = With --yes this is written to { $file }:

    { $text }
installed = Written: { $file }
    To start it now and at every log-in: { $start }
    To end that: { $stop }
install-always = The pages are then there always, until you end it.

# cramp devices
no-devices = No device is paired. 'cramp serve --pair NAME' pairs a phone.
may-owner = reads and changes (this computer)
may-reader = reads and changes
may-bedside = only adds
may-token = only adds, by a token
device-seen = { $name }: { $may }; since { $made }, last asked { $at }
device-unseen = { $name }: { $may }; since { $made }, has not asked yet
device-revoked = { $name }: shut out since { $at }; from { $made } it was: { $may }
revoked = "{ $name }" is shut out.
taken-back = { $n ->
    [one] One record it wrote was taken back. Undo: cramp undo
   *[other] { $n } records it wrote were taken back. Undo: cramp undo
}
left-alone = { $n ->
    [one] One record was changed since it was written, and stays.
   *[other] { $n } records were changed since they were written, and stay.
}
token = The token of "{ $name }", shown this once: { $token }
    It may only add to the diary. How to use it: cramp help recipes

# cramp remind
remind-title = Last night: how was it?
remind-text = Write down whether last night was calm, or what there was.
reminds = Written: { $file }. Open it on the phone to be asked every day at { $time }.
reminds-no-page = It opens no page. To have it open yours, add the address: --page http://192.168.1.20:7466/bed

# The page on which a device is paired
pair-title = Pairing with the diary
pairing = One moment …
pair-failed = This code is not valid any more. Codes work once, for two minutes. Ask for a new one on the computer of the diary.
go-on = Go on to the diary
pair-needs-script = Pairing needs JavaScript. Please turn it on for this page.

# Answers
cannot-read = the diary cannot be read or written just now; see it on the computer with cramp check
body-form = send JSON: an object with "line" (the words), "at" and "sent" (times such as 2026-03-04T03:10:00+01:00), each optional
body-too-large = that is more than 16 kB
body-not-json = the header Content-Type must be application/json
body-broken = this is not JSON
body-no-object = this is JSON, but no object in curly brackets
body-unknown-field = there is no field "{ $field }" here
body-not-text = the field "{ $field }" must be a text in quotation marks
body-not-a-time = the field "{ $field }" is '{ $text }', which is no date with a time, its seconds and its offset
body-undo = send JSON: an object, empty for the last entry, or with "of", the key of the request that made it
clock-differs = its clock showed { $shown }
browser = this computer
entering = The pages run already. This opens them, once, within two minutes: { $address }
only-adds = the diary has something else there, and this device only adds to it
    .hint = it can be changed on the computer
only-adds-cramp = the cramp is kept; what else the line says of the night is not, as the diary has something else there
