import type { ClassValue, OpaqueValue } from '../../values';

/** How the names of the modules begin in which such layers stand; no import can reach them. */
export const KEPT = '<kept: ';

/** Whether a class makes layers that are assumed to keep the shape. */
export const isKept = ({ module }: ClassValue): boolean => module?.name.startsWith(KEPT) === true;

/** What parameters of such names give, or do themselves to a tensor, keeps the shape. */
const FACTORY =
  /^(norm|normali[sz]ation|act|activation|nonlin|nonlinearity|drop|dropout|drop_path)_?(layer|cls|class|op|module|block)$/;
const ACTIVATION = /^(act|activation|nonlin|nonlinearity|gate)(_?(fn|func|function|layer))?$/;
const NORM = /^norm(_?(fn|func|function|type))?$/;
const NORMALIZATION = /^normali[sz]ation(_?(fn|func|function|type))?$/;

/** Whether a parameter is by its name one that makes layers that keep the shape. */
export const isFactory = (name: string): boolean => FACTORY.test(name);

/**
 * Whether a parameter is by its name one that makes, or is, a layer that keeps the shape: a normalisation, an activation
 * or a dropout. A bare `norm` makes such a layer, but called with a tensor it may be the length of a vector.
 */
export const keepsShape = ({ path, type, input }: OpaqueValue, withTensor: boolean): boolean => {
  if (type || input) return false;
  const name = path.slice(path.lastIndexOf('.') + 1);
  return isFactory(name) || ACTIVATION.test(name) || NORMALIZATION.test(name) || (!withTensor && NORM.test(name));
};

/** A layer of that name that keeps the shape; how many parameters it has is not known. */
export const keepingLayer = (name: string, library: 'torch' | 'paddle'): string => {
  const base = library === 'paddle' ? 'Layer' : 'Module';
  return `
import ${library}.nn as nn

class ${name}(nn.${base}):
    def __init__(self, *given, **options):
        super().__init__()
        self.held = not_said

    def forward(self, x, *rest, **options):
        return x
`;
};
