"""Every line held to the sentences it rests on."""
