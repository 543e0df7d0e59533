"""`hiplevel live`: what is asked, shown, heard and pressed while somebody trains in the terminal."""
