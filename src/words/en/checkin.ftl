# cramp ask: the questions of the morning.

answers = answer y or n, or Enter
yes-no = y/n
no-answer = '{ $reply }' is neither yes nor no
outcome = Night of { $night }: was there a cramp? [y/n]
question = { $question } ({ $night }) [{ $form }]
by-label = { $label }?
nothing-written = Nothing was written.
written = { $n ->
    [one] 1 answer
   *[other] { $n } answers
} written. Undo the last one: cramp undo
