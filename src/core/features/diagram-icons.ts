import type { LayerFamily } from '../graph';

/** Line drawings on a field of 16 × 16, one a family, so that no hue stands alone. */
const icons: Readonly<Record<LayerFamily, string>> = {
  convolution: 'M2.5 2.5h11v11h-11zM6.2 2.5v11M9.8 2.5v11M2.5 6.2h11M2.5 9.8h11',
  normalisation: 'M1.5 13.5h13M2 12c3.2 0 3.4-8.5 6-8.5s2.8 8.5 6 8.5',
  activation: 'M1.5 12.5h6.5l5.5-9.5',
  pooling: 'M2 3h12l-4.6 5.6v4.9l-2.8-1.6v-3.3z',
  linear:
    'M4 4h8M4 4l8 8M4 12l8-8M4 12h8M2.6 4a1.2 1.2 0 1 0 2.4 0a1.2 1.2 0 1 0-2.4 0M2.6 12a1.2 1.2 0 1 0 2.4 0a1.2 1.2 0 1 0-2.4 0M11 4a1.2 1.2 0 1 0 2.4 0a1.2 1.2 0 1 0-2.4 0M11 12a1.2 1.2 0 1 0 2.4 0a1.2 1.2 0 1 0-2.4 0',
  merge: 'M8 2.5v11M2.5 8h11',
  reshape: 'M2 5h10M9.2 2.2L12 5 9.2 7.8M14 11H4M6.8 8.2L4 11l2.8 2.8',
  other: 'M3 4.5a1.5 1.5 0 0 1 1.5-1.5h7a1.5 1.5 0 0 1 1.5 1.5v7a1.5 1.5 0 0 1-1.5 1.5h-7a1.5 1.5 0 0 1-1.5-1.5z',
};

const CONTAINER = 'M8 2l6 3-6 3-6-3zM2 8l6 3 6-3M2 11l6 3 6-3';

/** The icon of a box, as SVG path data. */
export const iconOf = (family: LayerFamily, isContainer: boolean): string => (isContainer ? CONTAINER : icons[family]);
