import torch
import torch.nn as nn


class Channels(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 64, 3)
        self.conv2 = nn.Conv2d(32, 64, 3)

    def forward(self, x):
        x = self.conv1(x)
        return self.conv2(x)  #! channel-mismatch


class Features(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(128, 64)
        self.fc2 = nn.Linear(32, 10)

    def forward(self, x):
        return self.fc2(self.fc1(x))  #! feature-mismatch


class NoneKernel(nn.Module):
    def __init__(self):
        super().__init__()
        self.pool = nn.MaxPool2d((1, None))  #! none-size

    def forward(self, x):
        return self.pool(x)


class Silenced(nn.Module):
    def __init__(self):
        super().__init__()
        self.pool = nn.MaxPool2d((1, None))  # tensorscribe: ignore[none-size]

    def forward(self, x):
        return self.pool(x)


class Cats(nn.Module):
    def __init__(self):
        super().__init__()
        self.down = nn.Conv2d(8, 8, 3, padding=1)
        self.narrow = nn.Conv2d(8, 8, 3)

    def forward(self, x):
        y = torch.zeros(2, 3)
        z = torch.zeros(2, 4)
        w = torch.cat([y, z], dim=0)  #! cat-mismatch
        return self.down(x), w


class Products(nn.Module):
    def forward(self, x):
        a = torch.zeros(2, 3)
        b = torch.zeros(4, 5)
        return a @ b  #! matmul-mismatch


class Sums(nn.Module):
    def forward(self, x):
        a = torch.zeros(2, 3)
        b = torch.zeros(2, 4)
        return a + b  #! broadcast-mismatch


class Views(nn.Module):
    def forward(self, x):
        a = torch.zeros(2, 3)
        return a.view(4, 2)  #! view-count


class Unknown(nn.Module):
    """What fails has an unknown size; what is compared with it keeps its name."""

    def __init__(self):
        super().__init__()
        self.rows = nn.AdaptiveAvgPool2d((None, 1))
        self.columns = nn.AdaptiveAvgPool2d((1, None))
        self.largest = nn.MaxPool2d((1, None))  #! none-size

    def forward(self, x):
        _, _, height, width = x.shape
        columns = (self.columns(x) + self.largest(x)).transpose(2, 3)
        y = torch.cat([self.rows(x), columns], dim=2)
        a, b = torch.split(y, [height, width], dim=2)
        c = a.clone()  #: [B, C, height, 1]
        d = b.clone()  #: [B, C, width, 1]
        return c, d


class InPlace(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.score = nn.Linear(dim, 4)
        self.register_buffer('total', torch.zeros(4))

    def forward(self, x):
        score = self.score(torch.zeros(2, self.score.in_features))
        mean = score.mean(dim=-1, keepdim=True)
        mean += score  #! inplace-shape
        one = torch.zeros(1)
        one.add_(torch.zeros(2, 3))  #! inplace-shape
        grown = torch.zeros(3, 1)
        grown[:, 0] += torch.zeros(3)
        grown = grown + torch.zeros(3, 4)
        grown += torch.zeros(4)
        self.total += torch.zeros(2, 4)  #! inplace-shape
        return mean, one, grown


class Forgotten(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.up = nn.Linear(dim, 4 * dim)

    def forward(self, x):
        x = self.up(x)
        return self.projection(x)  #! missing-attribute
