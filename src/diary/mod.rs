//! The words and the things: nights, episodes, factors, doses, symptoms, the person.
