# cramp experiment: experiments on oneself. "When chance decided" is as far as any sentence goes.

# The picture of the periods.
chart-title = Experiment: { $label }
lane = { $on ->
    [yes] with it
   *[no] without
}
in-100-nights = { $n } in 100 nights
no-nights-count = no night counts
no-rate = –
rates-of-blocks = Chance chose anew in every four nights; a rate is given for every { $n } such blocks.
rates-of-periods = Chance chose the order of each pair of periods; a rate is given for each period.
highest-bar = { $most ->
    [one] A bar is 1 cramp.
   *[other] The highest bar is { $most } cramps.
}
periods-head =
    From
    To
    Chance chose
    Nights counted
    Cramps
    In 100 nights
