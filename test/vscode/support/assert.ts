/** Fails with `why` unless `value` is true. */
export function ok(value: boolean, why: string): asserts value {
  if (!value) throw new Error(why);
}

/** Fails unless both are the same plain data. */
export function equal(actual: unknown, expected: unknown): void {
  const [is, should] = [JSON.stringify(actual, undefined, 1), JSON.stringify(expected, undefined, 1)];
  ok(is === should, `expected ${should}\nbut got ${is}`);
}

/** Fails unless the text matches. */
export function match(text: string, pattern: RegExp): void {
  ok(pattern.test(text), `expected ${pattern} in ${JSON.stringify(text)}`);
}
