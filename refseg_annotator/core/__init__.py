"""What an annotation project is. Standard library and numpy alone.

Glossary, one word for one thing, here and on the screen:

Project      Media, referents, expressions and annotations kept together in one file.
Medium       An image or a video. Avoid: asset, item.
Frame        One picture of a medium, counted from 0; an image has frame 0.
Referent     The object, or group of objects, meant. Avoid: instance, object id, shape.
Expression   A text naming one, many or no referents, with its own id, kind, author and span of frames; a sentence in
             the words of RefCOCO. Avoid: caption, prompt.
Annotation   One referent's mask on one frame.
Mask         The set of pixels itself. Avoid: label.
Provenance   How a mask came to be: manual, predicted, propagated, imported.
Tokens       A phrase cut into the numbers that the model reads.
Vocabulary   The words a model knows.
Model        The neural network, and nothing else.
Prediction   What the model puts out: probabilities and a presence.
Proposal     A prediction offered to the user; no part of the project until accepted.
Keyframe     A frame whose mask a person settled; a barrier to propagation.
Propagation  Carrying a mask from frame to frame. Avoid: tracking.
Split        The part of a dataset that a medium belongs to: train, val, test.
Edit         What changes data. Applied, it returns the edit that undoes it. Avoid: command.
Action       A verb of the menu.
Change       What an edit touched, and where to look.
oIoU, mIoU   Intersection over union, of all samples' pixels summed, and averaged over samples.
P@X          Share of samples with an IoU over X.
J, F, J&F    Region similarity, boundary measure, and their mean.
N-acc        Share of the phrases without a target that were answered with no mask.
T-acc        Share of the phrases with a target that were answered with one.
"""

from __future__ import annotations
