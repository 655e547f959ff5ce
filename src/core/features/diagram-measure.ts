import type { Item, Size } from '../graph';

/** The fonts of the diagram: those of each system, with one for Chinese. */
export const DIAGRAM_FONT =
  "system-ui, -apple-system, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif";

/** Sizes of text in pixels. */
export const TITLE = 13;
export const SUBTITLE = 11.5;
export const LABEL = 11;

export const HEADER = 30;
export const PADDING = 16;
const ICON = 20;

/** How much wider the letters of titles are. */
const BOLD = 1.1;

/** Room for the corner that opens a container. */
const TOGGLE = 12;

const NARROW = new Set("ijltfrI.,:;|!'()[]{}· /");
const WIDE = new Set('mwMW@%∗→×÷⌊⌋⌈⌉…');

/** About how wide a text is; the core knows no fonts, so it errs on the wide side. */
export const textWidth = (text: string, size: number): number => {
  let width = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (code >= 0x2e80) width += 1;
    else if (NARROW.has(char)) width += 0.36;
    else if (WIDE.has(char)) width += 0.86;
    else width += /[A-Z0-9]/.test(char) ? 0.66 : 0.58;
  }
  return width * size;
};

/** The texts of one box. */
export interface BoxText {
  readonly shape: 'box' | 'pill' | 'circle' | 'end';
  readonly title: string;
  readonly subtitle: string;
  readonly note: string;
  readonly repeat: string;
}

/** How large the box of some texts is. A container that is open is at least as wide as its title. */
export const boxSize = (text: BoxText, item: Item): Size & { readonly round?: boolean } => {
  const badge = text.repeat === '' ? 0 : textWidth(text.repeat, LABEL) + 16;
  if (item.open) {
    const line = BOLD * textWidth(text.title, TITLE) + textWidth(text.subtitle, SUBTITLE) + badge;
    return { width: Math.ceil(line + 44), height: HEADER };
  }
  switch (text.shape) {
    case 'circle': {
      const side = Math.max(26, Math.ceil(textWidth(text.title, SUBTITLE) + 14));
      return { width: side, height: side, round: true };
    }
    case 'end':
    case 'pill': {
      const detail = text.subtitle === '' ? 0 : textWidth(text.subtitle, LABEL) + 8;
      return { width: Math.ceil(BOLD * textWidth(text.title, SUBTITLE) + detail + badge + 26), height: 26 };
    }
    case 'box': {
      const lines = [
        BOLD * textWidth(text.title, TITLE) + badge + (item.node.role === 'container' ? TOGGLE : 0),
        textWidth(text.subtitle, SUBTITLE),
        textWidth(text.note, LABEL),
      ];
      const height = 18 + (text.subtitle === '' ? 0 : 15) + (text.note === '' ? 0 : 14) + 13;
      return { width: Math.ceil(Math.max(72, ...lines) + ICON + 26), height };
    }
  }
};
