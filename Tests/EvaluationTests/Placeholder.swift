// The first test of this room goes here.
