"""What is drawn: each widget takes plain values and knows no session, file or clock."""
