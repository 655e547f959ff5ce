import torch
import torch.nn as nn
import torch.nn.functional as F


# ※ LeNet: (5×5 convolution → ReLU → 2×2 max pooling) × 2 → flattens all but the batch
# ※   → (linear layer → ReLU) × 2 → linear layer
# ※ input [B, 1, H, W] → output [B, 10]; 61,706 parameters (with the defaults)
class LeNet(nn.Module):
    def __init__(self, num_classes=10):  # ※ builds conv1, conv2, pool, fc1, fc2, fc3
        # ※ sets up nn.Module: only then are layers that are put on self registered
        super().__init__()
        # ※ 5×5 convolution, 1→6 channels, keeps H and W
        self.conv1 = nn.Conv2d(1, 6, kernel_size=5, padding=2)
        # ※ 5×5 convolution, 6→16 channels, takes 4 off H and W
        self.conv2 = nn.Conv2d(6, 16, kernel_size=5)
        self.pool = nn.MaxPool2d(2)  # ※ 2×2 max pooling, halves H and W
        # ※ linear layer, maps the last axis 400→120
        self.fc1 = nn.Linear(16 * 5 * 5, 120)
        self.fc2 = nn.Linear(120, 84)  # ※ linear layer, maps the last axis 120→84
        # ※ linear layer, maps the last axis 84→10
        self.fc3 = nn.Linear(84, num_classes)

    # ※ images: [B, 1, H, W]
    # ※ H and W must be at least 12
    # ※ (⌊H/4⌋ - 2)·(⌊W/4⌋ - 2) must equal 25
    def forward(self, images):
        # ※ 5×5 convolution → ReLU → 2×2 max pooling, halves H and W
        # ※   → [B, 6, ⌊H/2⌋, ⌊W/2⌋]
        x = self.pool(F.relu(self.conv1(images)))
        # ※ 5×5 convolution, takes 4 off H and W → ReLU
        # ※   → 2×2 max pooling, halves H and W → [B, 16, ⌊H/4⌋ - 2, ⌊W/4⌋ - 2]
        x = self.pool(F.relu(self.conv2(x)))
        # ※ flattens all but the batch: [B, 16, ⌊H/4⌋ - 2, ⌊W/4⌋ - 2] → [B, 400]
        x = torch.flatten(x, 1)
        x = F.relu(self.fc1(x))  # ※ linear layer → ReLU → [B, 120]
        x = F.relu(self.fc2(x))  # ※ linear layer → ReLU → [B, 84]
        return self.fc3(x)  # ※ returns: classifier head: logits of 10 classes → [B, 10]


if __name__ == "__main__":  # ※ if this file is run directly
    net = LeNet()  # ※ [8, 1, 28, 28] → [8, 10]
    # ※ standard normal random numbers → [8, 1, 28, 28]
    digits = torch.randn(8, 1, 28, 28)
    scores = net(digits)  # ※ LeNet → [8, 10]
    print(scores.shape)  # ※ prints the shape of scores: [8, 10]
