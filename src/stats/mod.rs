//! Pure mathematics: numbers in, numbers out. Imports nothing of ours and has never heard of cramps.
