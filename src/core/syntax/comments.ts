import type { Comment } from './ast';
import { layout } from './lines/layout';

/** The comments of a text, found without parsing it. */
export const commentsOf = (text: string): readonly Comment[] => layout(text).comments;
