//! A diary read from files somebody else wrote: CSV and JSON into records.
