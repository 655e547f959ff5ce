import { type ConfigurationScope, env, workspace } from 'vscode';
import type { AnnotateOptions, HintOptions, Language, Level } from '../core';

/** All settings of the extension as they stand, each read here and nowhere else. */
export interface Settings {
  /** Of what is shown. */
  readonly language: Language;
  readonly comments: {
    readonly language: AnnotateOptions['language'];
    readonly level: Level;
    readonly mark: string;
    /** Columns; absent where the editor's rulers decide. */
    readonly width?: number;
    readonly style: '[B, C]' | '(B, C)';
  };
  readonly inlayHints: boolean;
  readonly problems: boolean;
  /** Of problems also those that are no faults: what runs and is hardly what was meant. */
  readonly hints: boolean;
  readonly codeLens: boolean;
}

/** The settings for a document; what a user wrote that means nothing is the default. */
export const settingsFor = (scope?: ConfigurationScope): Settings => {
  const ours = workspace.getConfiguration('tensorscribe', scope);
  const language = displayLanguage(ours.get('language'));
  const width = widthOf(ours.get('comments.width'), workspace.getConfiguration('editor', scope).rulers);
  const mark: unknown = ours.get('comments.mark');
  return {
    language,
    comments: {
      language: commentLanguage(ours.get('comments.language'), language),
      level: levelOf(ours.get('comments.level')),
      mark: typeof mark === 'string' && !/[\r\n]/.test(mark) ? mark.trim() : '※',
      ...(width !== undefined && { width }),
      style: ours.get('comments.style') === '(B, C)' ? '(B, C)' : '[B, C]',
    },
    inlayHints: ours.get('inlayHints.enabled') !== false,
    problems: ours.get('problems.enabled') !== false,
    hints: ours.get('hints.enabled') !== false,
    codeLens: ours.get('codeLens.enabled') !== false,
  };
};

/** How hints write shapes: as comments do. */
export const hintStyle = ({ comments }: Settings): HintOptions['style'] => (comments.style === '(B, C)' ? '()' : '[]');

const displayLanguage = (value: unknown): Language => {
  if (value === 'en' || value === 'zh-cn') return value;
  return env.language.toLowerCase().startsWith('zh') ? 'zh-cn' : 'en';
};

const commentLanguage = (value: unknown, display: Language): AnnotateOptions['language'] =>
  value === 'en' || value === 'zh-cn' || value === 'both' ? value : display;

const isColumns = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value > 0;

/** The first ruler of the editor stands in where no width is set; it is a number or an object with a column. */
const widthOf = (width: unknown, rulers: unknown): number | undefined => {
  if (isColumns(width)) return width;
  const [first]: readonly unknown[] = Array.isArray(rulers) ? rulers : [];
  const column = typeof first === 'object' && first !== null && 'column' in first ? first.column : first;
  return isColumns(column) ? column : undefined;
};

const levelOf = (value: unknown): Level => (value === 'shapes' || value === 'full' ? value : 'standard');
