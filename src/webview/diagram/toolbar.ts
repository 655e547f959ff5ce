import type { DiagramModel } from '../../core';
import { button, icons } from '../buttons';
import { html, icon } from '../dom';
import { post } from '../host';
import { menu } from '../menu';
import type { ExportFormat } from '../protocol';
import type { Camera } from './camera';

/** What stands above the drawing: its name, a search, and what can be done with it. */
export const toolbar = (
  model: DiagramModel,
  camera: Camera,
  arrange: (open: readonly string[] | 'all' | null, direction?: 'down' | 'right') => void,
  search: HTMLElement,
): readonly HTMLElement[] => {
  const { labels, className, direction, containers, legend } = model;
  const folds = containers.length > 0;
  const saving = (label: string, format: ExportFormat) => ({
    label,
    act: () => post({ type: 'export', className, format }),
  });
  return [
    html('strong', { class: 'name' }, className),
    html(
      'span',
      { class: 'group' },
      button('zoomOut', labels.zoomOut, () => camera.zoom(1 / 1.25)),
      button('zoomIn', labels.zoomIn, () => camera.zoom(1.25)),
      button('fit', labels.fit, () => camera.fit()),
    ),
    html(
      'span',
      { class: 'group' },
      button('openAll', labels.openAll, () => arrange('all'), { disabled: !folds }),
      button('foldAll', labels.foldAll, () => arrange([]), { disabled: !folds }),
      button('turn', labels.turn, () => arrange(model.open, direction === 'down' ? 'right' : 'down')),
    ),
    html(
      'span',
      { class: 'group' },
      button('kernel', labels.kernels, () => post({ type: 'show', view: 'kernel', className })),
      button('panel', labels.panel, () => post({ type: 'show', view: 'panel', className })),
      menu(icons.save, labels.export, [
        saving('SVG', 'svg'),
        saving('PNG', 'png'),
        saving('Mermaid', 'mermaid'),
        saving('JSON', 'json'),
      ]),
    ),
    search,
    html(
      'span',
      { class: 'legend', 'aria-label': labels.legend, role: 'list' },
      ...legend.map(({ family, name, icon: path }) =>
        html('span', { class: `family ${family}`, role: 'listitem' }, icon(path), name),
      ),
    ),
  ];
};
