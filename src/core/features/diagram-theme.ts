/** How a picture is coloured: `auto` follows the reader's system. */
export type Theme = 'light' | 'dark' | 'auto';

type Colours = Readonly<Record<string, string>>;

const LIGHT: Colours = {
  page: '#ffffff',
  text: '#1f2328',
  muted: '#59636e',
  line: '#818b98',
  frame: '#d1d9e0',
  inside: '#f6f8fa',
  fault: '#d1242f',
  'fault-fill': '#ffebe9',
  convolution: '#0969da',
  'convolution-fill': '#ecf4ff',
  normalisation: '#8250df',
  'normalisation-fill': '#f6f0ff',
  activation: '#1a7f37',
  'activation-fill': '#ebf8ef',
  pooling: '#bc4c00',
  'pooling-fill': '#fff2e8',
  linear: '#9a6700',
  'linear-fill': '#fff8e0',
  merge: '#59636e',
  'merge-fill': '#ffffff',
  reshape: '#1b7c83',
  'reshape-fill': '#e8f6f7',
  other: '#59636e',
  'other-fill': '#ffffff',
};

const DARK: Colours = {
  page: '#0d1117',
  text: '#e6edf3',
  muted: '#9198a1',
  line: '#7d8590',
  frame: '#3d444d',
  inside: '#151b23',
  fault: '#f85149',
  'fault-fill': '#3a1517',
  convolution: '#58a6ff',
  'convolution-fill': '#12233b',
  normalisation: '#bc8cff',
  'normalisation-fill': '#241c3a',
  activation: '#3fb950',
  'activation-fill': '#11281a',
  pooling: '#f0883e',
  'pooling-fill': '#331f10',
  linear: '#d29922',
  'linear-fill': '#2c2410',
  merge: '#9198a1',
  'merge-fill': '#0d1117',
  reshape: '#39c5cf',
  'reshape-fill': '#0f2a2e',
  other: '#9198a1',
  'other-fill': '#1c2129',
};

const variables = (colours: Colours): string =>
  `svg{${Object.entries(colours)
    .map(([name, value]) => `--${name}:${value}`)
    .join(';')}}`;

const FAMILIES = ['convolution', 'normalisation', 'activation', 'pooling', 'linear', 'merge', 'reshape', 'other'];

const RULES = [
  '.page{fill:var(--page)}',
  '.name{fill:var(--text);font-weight:600}',
  '.detail{fill:var(--muted);font-weight:400}',
  '.repeat{fill:var(--hue);font-weight:600}',
  '.container{fill:var(--inside);stroke:var(--frame)}',
  '.halo{paint-order:stroke;stroke:var(--inside);stroke-width:4px;stroke-linejoin:round}',
  '.shape,.sheet{fill:var(--fill);stroke:var(--hue);stroke-width:1}',
  '.icon{fill:none;stroke:var(--hue);stroke-width:1.2;stroke-linejoin:round;stroke-linecap:round}',
  '.end .shape{fill:var(--text);stroke:none}.end .name{fill:var(--page)}.end .detail{fill:var(--page)}',
  '.edge{fill:none;stroke:var(--line)}.head{fill:var(--line)}',
  '.maybe{stroke-dasharray:5 4}',
  '.plate{fill:var(--page);fill-opacity:.88}',
  '.plate.inside{fill:var(--inside)}',
  '.label{fill:var(--muted)}',
  '.edge.fault{stroke:var(--fault)}.head.fault,.label.fault{fill:var(--fault)}.label.fault{font-weight:600}',
  '.node.fault .shape{fill:var(--fault-fill);stroke:var(--fault);stroke-width:2}',
  '.stale{opacity:.55}',
  ...FAMILIES.map((f) => `.${f}{--hue:var(--${f});--fill:var(--${f}-fill)}`),
];

/** The style sheet of an SVG file. */
export const styleOf = (theme: Theme): string => {
  const own =
    theme === 'auto'
      ? `${variables(LIGHT)}@media (prefers-color-scheme:dark){${variables(DARK)}}`
      : variables(theme === 'light' ? LIGHT : DARK);
  return own + RULES.join('');
};
