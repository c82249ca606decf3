"""Numpy in, numpy out: what answers phrases (`predictor`) and carries masks through clips (`video_predictor`,
`propagation`), and the bundles it is made from. Only modules named `torch_*` import torch.
"""
