import { expect, test } from 'vitest';
import { problems } from '../../../src/core';
import { analyse } from './support';

/** What a class needs and nobody gave, because it is looked at alone, is no fault of its code. */
test.each([
  [
    'keywords that are passed on',
    `class Conv(nn.Module):
    def __init__(self, ch_in, ch_out, **kwargs):
        super().__init__()
        self.conv = nn.Conv2d(ch_in, ch_out, **kwargs)
`,
  ],
  [
    'a layer that is None until it is given',
    `class Norm(nn.Module):
    def __init__(self, dim, norm_layer=None):
        super().__init__()
        self.norm = norm_layer(dim)
`,
  ],
])('%s', async (_, text) => {
  expect(problems(await analyse(`import torch.nn as nn\n\n\n${text}`), 'en')).toEqual([]);
});
