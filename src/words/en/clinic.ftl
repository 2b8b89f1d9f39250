# What a clinic's system is told: a FHIR bundle.

cramp-night = Night-time leg cramp
cramp-day = Leg cramp by day
done = Done against it
duration = How long it lasted
in-bed = Time in bed
by-device = Read by a device or another program
about-time = The time is approximate.
vague-time = Only the part of the night is known, about { $time }.
changed-clock = The clock was changed in this hour; which of its times was meant was assumed.
since-before = Begun on { $date } or earlier.
about-start = The first day is approximate.
elemental = The dose is that of the element.
compound = The dose is that of the compound.
report = The page for a clinician
