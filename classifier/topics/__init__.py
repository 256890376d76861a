"""Topics of a notice: prefilter, heads, thresholds, evidence; training and evaluation."""
