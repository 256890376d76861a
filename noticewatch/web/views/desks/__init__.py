"""What the desks of the menu show: inbox and calendar."""
