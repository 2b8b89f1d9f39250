//! The door: words in, text out. The only room that prints.
