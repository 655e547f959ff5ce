import './main.css';
import { diagramView } from './diagram/view';
import { post } from './host';
import { panelView } from './panel/view';
import type { ToPage } from './protocol';
import { messageFrom } from './receive';

const place = document.getElementById('view');
const kind = document.body.dataset.view === 'diagram' ? 'diagram' : 'panel';

if (place) {
  const take: (message: ToPage) => void = kind === 'diagram' ? diagramView(place) : panelView(place);
  window.addEventListener('message', ({ data }) => {
    const message = messageFrom(data);
    if (message) take(message);
  });
  post({ type: 'ready', view: kind });
}
