import { describe, expect, test } from 'vitest';
import { problems } from '../../../src/core';
import { analyse } from './support';

const HEAD = 'import torch\nfrom torch import nn\nimport torch.nn.functional as F\n';

const found = async (code: string, language: 'en' | 'zh-cn' = 'en') => problems(await analyse(HEAD + code), language);

const messages = async (code: string, language?: 'en' | 'zh-cn'): Promise<readonly string[]> =>
  (await found(code, language)).map(({ message }) => message);

const NETWORK = `
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(100, 10)
        self.pool = nn.MaxPool2d((1, None))

    def forward(self, x):
        return self.fc(x)

Net()(torch.zeros(2, 50))
`;

describe('a problem', () => {
  test('says which side is expected and which is there', async () => {
    expect(await messages('F.linear(torch.zeros(2, 50), torch.zeros(10, 100))')).toEqual([
      'linear expects a last axis of 100, it is 50',
    ]);
    expect(await messages('nn.ConvTranspose2d(8, 4, 2)(torch.zeros(1, 6, 4, 4))', 'zh-cn')).toEqual([
      'ConvTranspose2d 期望 8 个通道，输入有 6 个',
    ]);
  });

  test('leads back to the calls, and to nothing else', async () => {
    const [pool, linear] = await found(NETWORK);
    expect(linear?.related.map(({ message }) => message)).toEqual(['called from here']);
    expect(pool?.related).toEqual([]);
  });

  test('is silenced by a comment on its line', async () => {
    expect(
      await messages(NETWORK.replace('return self.fc(x)', 'return self.fc(x)  # tensorscribe: ignore')),
    ).toHaveLength(1);
    expect(await messages(NETWORK.replace('None))', 'None))  # tensorscribe: ignore[none-size]'))).toHaveLength(1);
    expect(await messages(NETWORK.replace('None))', 'None))  # tensorscribe: ignore[other]'))).toHaveLength(2);
  });
});
