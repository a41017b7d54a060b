"""What keys with scopes may write, through the verbs that people use. Never a verdict: that takes two people."""
