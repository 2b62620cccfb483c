"""Items that plots share. They draw what they are given and know no session."""
