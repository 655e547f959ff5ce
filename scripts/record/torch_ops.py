"""All makers of calls to PyTorch."""
from record import torch_nn, torch_products, torch_tensor

FAMILIES = [*torch_nn.FAMILIES, *torch_tensor.FAMILIES, *torch_products.FAMILIES]
