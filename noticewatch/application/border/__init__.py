"""Run a collector across a border, and the hub that receives from it."""
