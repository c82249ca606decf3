"""The lists and bars beside the picture: media, phrases, referents and what is known of them."""
