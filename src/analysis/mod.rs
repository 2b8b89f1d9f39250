//! Numbers that follow from a diary: the night table, coverage, associations, trend.
