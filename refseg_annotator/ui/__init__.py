"""The window: it draws what the project says, and says what the person wants.

Where to look: `main_window` puts the parts together, `bridge` is how all of them see the session, `action_table` lists
every menu verb and key. The modules' names go by families: `canvas*`, `overlay*`, `frame*` draw the picture; `tool*`,
`brush`, `painting*` work on masks; `timeline*`, `propagation*` are a clip's; `phrase*`, `referent*`, `properties` the
lists beside; `media*`, `review*`, `blind*`, `batch*` the work over many media. `*_desk` does what a menu asks for,
`*_dialog` asks back; `wording` and `sentences` translate.
"""
