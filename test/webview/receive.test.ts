import { describe, expect, test } from 'vitest';
import { messageFrom } from '../../src/webview/receive';

const PANEL = {
  version: 1,
  className: 'Net',
  labels: {},
  inputs: [],
  parameters: [],
  steps: [],
  totals: [],
  conditions: [],
  assumptions: [],
  problems: [],
};
const DIAGRAM = {
  version: 1,
  className: 'Net',
  labels: {},
  width: 10,
  height: 10,
  nodes: [],
  edges: [],
  open: [],
  containers: [],
  index: [],
  legend: [],
  facts: [],
};

describe('messages that are taken', () => {
  test.each([
    ['a panel', { type: 'panel', answers: 3, model: PANEL, labels: {}, pinned: false }],
    ['no panel', { type: 'panel', answers: 0, model: null, labels: {}, pinned: true }],
    ['a diagram', { type: 'diagram', answers: 1, model: DIAGRAM, labels: {} }],
    ['a drawing to paint', { type: 'paint', svg: '<svg/>', width: 10, height: 10 }],
    ['a cursor', { type: 'cursor', place: { path: 'a.py', start: 1, end: 2 } }],
    ['no cursor', { type: 'cursor', place: null }],
  ])('%s', (_, message) => expect(messageFrom(message)).toBe(message));
});

describe('messages that are left alone', () => {
  test.each([
    ['nothing', undefined],
    ['a text', 'panel'],
    ['another type', { type: 'reload' }],
    ['a name that every object has', { type: 'toString' }],
    [
      'a panel of a later version',
      { type: 'panel', answers: 0, model: { ...PANEL, version: 2 }, labels: {}, pinned: false },
    ],
    [
      'a panel without steps',
      { type: 'panel', answers: 0, model: { ...PANEL, steps: null }, labels: {}, pinned: false },
    ],
    ['a panel without a number', { type: 'panel', answers: '0', model: null, labels: {}, pinned: false }],
    ['a diagram without a size', { type: 'diagram', answers: 0, model: { ...DIAGRAM, width: Number.NaN }, labels: {} }],
    ['a cursor without a file', { type: 'cursor', place: { start: 1, end: 2 } }],
  ])('%s', (_, message) => expect(messageFrom(message)).toBeUndefined());
});
