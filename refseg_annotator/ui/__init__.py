"""The window: it draws what the project says, and says what the person wants.

Where to look: `main_window` puts the parts together, `bridge` is how all of them see the session, `look`, `theme` and
`colours` say how things look, `wording` and `sentences` translate. `actions` lists every menu verb and key, `canvas`
draws the picture, `tools` change masks, `panels` are the lists beside the picture, `clip` is what a clip has besides,
`review` the work over many media, `documents` opens, saves and exports, `guidance` leads a person. In each, a `*_desk`
does what a menu asks for and a `*_dialog` asks back.
"""
