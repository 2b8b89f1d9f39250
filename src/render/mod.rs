//! How it looks: text, SVG, PNG, PDF, HTML, CSV from report values. Computes nothing.
