import type { Words } from '../../ops';
import type { Stmt } from '../../syntax';
import { formulasOf } from '../formula';
import { makingWords } from '../making';
import { shapesOf } from '../reader';
import { statementWords } from '../statements';
import { text, words } from '../words';
import { assignWords } from './assign';
import { effectWords } from './calls';
import { codeText } from './code';
import { functionWords } from './definitions';
import { assertWords, deleteWords, forWords, ifWords, raiseWords, whileWords, withWords } from './flow';
import type { Scope } from './scope';
import { choiceWords, ownResult } from './values';

export { plainClassWords } from './definitions';
export type { Scope } from './scope';

/** A sentence for any statement: what it does and what for; undefined where the code says all there is to say. */
export const fullWords = (s: Scope, stmt: Stmt, inline: boolean): Words | undefined => {
  switch (stmt.kind) {
    case 'Assign':
    case 'AnnAssign':
    case 'AugAssign':
      return assignWords(s, stmt, inline);
    case 'Return':
      return returnWords(s, stmt, inline);
    case 'ExprStmt':
      return effectWords(s, stmt.value);
    case 'If':
      return ifWords(s, stmt);
    case 'For':
      return forWords(s, stmt);
    case 'While':
      return whileWords(s, stmt);
    case 'With':
      return withWords(s, stmt);
    case 'Assert':
      return assertWords(s, stmt);
    case 'Raise':
      return raiseWords(s, stmt);
    case 'Delete':
      return deleteWords(s, stmt);
    case 'FunctionDef':
      return functionWords(s, stmt);
    case 'Try':
      return words('tries what follows; an error goes on below at except', '尝试执行；出错则转到下面的 except');
    case 'Pass':
      return words('nothing to do here', '此处无需做任何事');
    case 'Break':
      return words('leaves the loop', '跳出循环');
    case 'Continue':
      return words('goes on with the next turn', '进入下一次循环');
    default:
      return undefined;
  }
};

const returnWords = (s: Scope, stmt: Extract<Stmt, { kind: 'Return' }>, inline: boolean): Words | undefined => {
  const { value } = stmt;
  if (!value) return words('ends the function here', '到此结束');
  const said = makingWords(s, value, inline) ?? choiceWords(s, value) ?? ownResult(s, value) ?? statementWords(s, stmt);
  if (said) return text`${words('returns: ', '返回：')}${said}`;
  const formula = formulasOf(value);
  if (formula !== undefined) return words(`returns ${formula}`, `返回 ${formula}`);
  const code = codeText(s, value);
  const shapes = shapesOf(s.r, value);
  return code === undefined || shapes.length !== 1
    ? undefined
    : words(`returns ${code}: ${shapes[0]}`, `返回 ${code}：${shapes[0]}`);
};
