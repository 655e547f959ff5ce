/** Small models of one idea each, for the tests of the graph and of the views. */
export const RESIDUAL = `
class Residual(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.conv = nn.Conv2d(c, c, 3, padding=1)
        self.bn = nn.BatchNorm2d(c)

    def forward(self, x):
        return F.relu(self.bn(self.conv(x)) + x)
`;

export const BRANCHES = `
class Branches(nn.Module):
    def __init__(self, ch, use_bn, half):
        super().__init__()
        self.conv = nn.Conv2d(3, ch, 3, padding=1)
        self.bn = nn.BatchNorm2d(ch)
        self.act = nn.ReLU()
        self.use_bn = use_bn
        self.half = half

    def forward(self, x):
        y = self.conv(x)
        if self.use_bn:
            y = self.bn(y)
        y = self.act(y)
        if self.half:
            return F.max_pool2d(y, 2)
        return y
`;

export const FAULT = `
class Wrong(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 64, 3)
        self.bn = nn.BatchNorm2d(32)
        self.conv2 = nn.Conv2d(64, 8, 3)

    def forward(self, x):
        return self.conv2(F.relu(self.bn(self.conv1(x))))
`;

export const BLOCKS = `
class Block(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.norm = nn.LayerNorm(dim)
        self.fc = nn.Linear(dim, dim)

    def forward(self, x):
        return x + self.fc(self.norm(x))

class Fixed(nn.Module):
    def __init__(self):
        super().__init__()
        self.blocks = nn.Sequential(*[Block(64) for _ in range(6)])
        self.head = nn.Linear(64, 10)

    def forward(self, x):
        return self.head(self.blocks(x))

class Loop(nn.Module):
    def __init__(self, dim, depth):
        super().__init__()
        self.pos = nn.Parameter(torch.zeros(1, 16, dim))
        self.blocks = nn.ModuleList([Block(dim) for _ in range(depth)])

    def forward(self, x):
        x = x + self.pos
        for block in self.blocks:
            x = block(x)
        return x
`;

export const SKIP = `
class Merge(nn.Module):
    def __init__(self, i, o):
        super().__init__()
        self.up = nn.ConvTranspose2d(i, o, 2, stride=2)
        self.conv = nn.Conv2d(2 * o, o, 3, padding=1)

    def forward(self, low, skip):
        return self.conv(torch.cat([skip, self.up(low)], dim=1))

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.down = nn.Sequential(nn.Conv2d(3, 16, 3, padding=1), nn.ReLU())
        self.deep = nn.Sequential(nn.MaxPool2d(2), nn.Conv2d(16, 32, 3, padding=1))
        self.merge = Merge(32, 16)

    def forward(self, x):
        a = self.down(x)
        return self.merge(self.deep(a), a)
`;
