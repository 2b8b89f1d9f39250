//! The doorbell: reads the clock, the environment and the terminal, then hands over to the door.

fn main() {}
