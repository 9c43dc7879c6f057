"""From the first message to everybody knowing: report, alarm, roll call, and who decides."""
