"""What the product knows: networks, precision, boards, designs, estimates, flows and jobs. No Qt here."""
