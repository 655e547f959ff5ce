import './main.css';
import { diagramView } from './diagram/view';
import { post } from './host';
import { kernelView } from './kernel/view';
import { panelView } from './panel/view';
import type { ToPage, View } from './protocol';
import { messageFrom } from './receive';

const place = document.getElementById('view');
const views: Readonly<Record<View, (place: HTMLElement) => (message: ToPage) => void>> = {
  panel: panelView,
  diagram: diagramView,
  kernel: kernelView,
};
const asked = document.body.dataset.view;
const kind: View = asked === 'diagram' || asked === 'kernel' ? asked : 'panel';

if (place) {
  const take = views[kind](place);
  window.addEventListener('message', ({ data }) => {
    const message = messageFrom(data);
    if (message) take(message);
  });
  post({ type: 'ready', view: kind });
}
