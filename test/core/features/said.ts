import { annotate, applyEdits } from '../../../src/core';
import { analyse } from './support';

/** A class by the last lines of its constructor and the middle of its `forward`. */
export const model = (init: string, forward: string): string => `import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, dim, n, widths, rate=0.0):
        super().__init__()
        self.fc = nn.Linear(dim, dim)
        self.n = n
        ${init}

    def forward(self, x):
        B, N, C = x.shape
        x = self.fc(x)
        ${forward}
        return x
`;

/** What full comments say of the statement that begins with the last line of a piece of code. */
export const said = async (code: string, at: string, language: 'en' | 'zh-cn', level: 'standard' | 'full' = 'full') => {
  const result = annotate(await analyse(code), { language, level, width: 1000 });
  const lines = applyEdits(code, 'edits' in result ? result.edits : []).split('\n');
  const i = lines.findIndex((line) => line.trimStart().startsWith(at.split('\n').at(-1)?.trim() ?? ''));
  const above = /^\s*# ※ (.*)$/.exec(lines[i - 1] ?? '')?.[1];
  return /# ※ (.*)$/.exec(lines[i] ?? '')?.[1] ?? above ?? '';
};

/** Statements at the top of a file, as in a training script. */
export const script = (line: string): string => `import torch
from torch import nn, optim
from torch.utils.data import DataLoader
from torchvision.datasets import CIFAR10
from helpers import Recorder, measure

model = nn.Linear(4, 2)
optimizer = optim.SGD(model.parameters(), lr=0.1)
scheduler = optim.lr_scheduler.StepLR(optimizer, step_size=10, gamma=0.5)
x = torch.randn(8, 4)
${line}
`;

/** A statement, with what is said of it in both languages. */
export type Case = readonly [code: string, en: string, zh: string];

/** A file with full comments in English. */
export const whole = async (code: string): Promise<string> => {
  const result = annotate(await analyse(code), { language: 'en', level: 'full', width: 1000 });
  return applyEdits(code, 'edits' in result ? result.edits : []);
};
