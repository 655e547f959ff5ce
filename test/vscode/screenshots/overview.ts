import { hasBridge, screenshot, waitText } from '../support/bridge';
import { open } from '../support/editor';
import { resetTheme, type Theme, useTheme } from '../support/themes';

const PICTURED: readonly Theme[] = ['light', 'dark'];

describe('overview', () => {
  after(resetTheme);

  for (const theme of PICTURED) {
    it(`shows an example, ${theme}`, async function () {
      if (!hasBridge) this.skip();
      await open('residual_block.py');
      await useTheme(theme);
      await waitText('.view-lines', 'ResidualBlock');
      await screenshot(`readme/overview-${theme}`);
    });
  }
});
