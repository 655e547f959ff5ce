import type { ClassRun, LayerEvent, OpEvent, Trace } from '../interp';

/** Something that ran: a module, with the index of its event, or an op. */
export type Step =
  | { readonly kind: 'module'; readonly event: LayerEvent; readonly index: number }
  | { readonly kind: 'op'; readonly event: OpEvent };

/** What ran inside each module event, in the order of execution; -1 is outside of all. */
export const stepsByParent = ({ events, ops }: Trace): ReadonlyMap<number, readonly Step[]> => {
  const steps = new Map<number, Step[]>();
  const put = (parent: number, step: Step): void => {
    const known = steps.get(parent);
    if (known) known.push(step);
    else steps.set(parent, [step]);
  };
  let at = 0;
  for (let index = 0; index <= events.length; index++) {
    for (let op = ops[at]; op && op.at <= index; op = ops[++at]) put(op.parent, { kind: 'op', event: op });
    const event = events[index];
    if (event) put(event.parent, { kind: 'module', event, index });
  }
  return steps;
};

/** The event in which the class itself ran: the last one that nothing else called. */
export const rootEvent = ({ trace, self }: ClassRun): number =>
  self ? trace.events.findLastIndex((e) => e.layer === self && e.parent === -1) : -1;

/** How a module runs: by the library's own layer, or by Python that calls others. */
export const isLibraryLayer = ({ layer }: LayerEvent): boolean => {
  for (const cls of layer.cls.mro) {
    if (cls.attrs.has('forward')) return false;
    if (cls.layer) return true;
    if (cls.path) return false;
  }
  return false;
};
