import paddle
import paddle.nn as nn
import paddle.nn.functional as F


class LeNet(nn.Layer):
    def __init__(self, num_classes=10):
        super().__init__()
        self.conv1 = nn.Conv2D(1, 6, kernel_size=5, padding=2)
        self.conv2 = nn.Conv2D(6, 16, kernel_size=5)
        self.pool = nn.MaxPool2D(2)
        self.fc1 = nn.Linear(16 * 5 * 5, 120)
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, num_classes)

    def forward(self, images):  # ※ images: [B, 1, H, W]
        x = self.pool(F.relu(self.conv1(images)))  # ※ [B, 6, ⌊H/2⌋, ⌊W/2⌋]
        x = self.pool(F.relu(self.conv2(x)))  # ※ [B, 16, ⌊H/4⌋ - 2, ⌊W/4⌋ - 2]
        x = paddle.flatten(x, 1)  # ※ [B, 400]
        x = F.relu(self.fc1(x))  # ※ [B, 120]
        x = F.relu(self.fc2(x))  # ※ [B, 84]
        return self.fc3(x)  # ※ [B, 10]


if __name__ == "__main__":
    net = LeNet()
    digits = paddle.randn([8, 1, 28, 28])
    scores = net(digits)
    print(scores.shape)
