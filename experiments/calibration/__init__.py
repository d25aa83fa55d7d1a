"""Calibration: values of fitted numbers under which the model comes to what was published."""
