import { type Claim, readClaim } from './claims';

/** A shape that a docstring states of an argument or of a result. */
export interface DocumentedClaim {
  readonly name: string;
  /** What the names of the section are: of `Returns:` those of results. */
  readonly isResult: boolean;
  /** How many shapes the section states. */
  readonly among: number;
  readonly claim: Claim;
  /** What the places of the claim count in, and where it begins in the docstring. */
  readonly text: string;
  readonly start: number;
}

/** What a docstring says of shapes, line by line: `x: (B, N, C)`, `- Output: (N, C)`, `x (Tensor): features of shape [B, C]`. */
export const documentedClaims = (docstring: string): readonly DocumentedClaim[] => {
  const found: (Omit<DocumentedClaim, 'among'> & { readonly section: number })[] = [];
  let section = { at: -1, isResult: false, indent: 0 };
  let start = 0;
  for (const line of docstring.split('\n')) {
    const indent = /^[ \t]*/.exec(line)?.[0].length ?? 0;
    const head = line.length <= LONGEST ? SECTION.exec(line) : null;
    if (head) section = { at: start, isResult: RESULTS.test(head[1] ?? ''), indent };
    else if (line.trim() !== '' && indent < section.indent) section = { at: -1, isResult: false, indent: 0 };
    const { name, shape } = (line.length <= LONGEST ? ENTRY.exec(line)?.groups : undefined) ?? {};
    const claim = shape === undefined ? undefined : readClaim(`#${shape}`);
    if (name !== undefined && shape !== undefined && claim) {
      const at = start + line.lastIndexOf(shape) - 1;
      found.push({ name, isResult: section.isResult, section: section.at, claim, text: `#${shape}`, start: at });
    }
    start += line.length + 1;
  }
  return found.map(({ section: at, ...one }) => ({
    ...one,
    among: found.filter((other) => other.section === at).length,
  }));
};

/** No line that a person writes is longer. */
const LONGEST = 300;

/** `Args:`, `Returns`, `Output:` on a line of their own. */
const SECTION =
  /^[ \t]*(args?|arguments|inputs?|param(?:eter)?s|shapes?|returns?|outputs?|yields?|参数|输入|输出|返回值?|形状)[ \t]*[:：]?[ \t]*\r?$/i;
const RESULTS = /^(?:returns?|outputs?|yields?|输出|返回值?)$/i;

/** The shape stands at the end of the line. */
const ENTRY =
  /^[ \t]*(?:[-*][ \t]*)?(?<name>[A-Za-z_]\w*)[ \t]*(?:\([^()\n]*\)[ \t]*)?[:：](?:.*?shape(?:[ \t]+of)?[ \t]*[:=]?)?[ \t]*(?<shape>[[(][^\])\n]*[\])])[ \t]*\.?\s*$/;
