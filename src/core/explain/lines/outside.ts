import type { Words } from '../../ops';
import type { Call } from '../../syntax';
import { isSilent } from '../ops';
import { runWords } from '../statements';
import { statementsIn } from '../walk';
import { join, plain, words } from '../words';
import { codeText, isSuper } from './code';
import { describedSteps } from './described';
import { importedFrom } from './imports';
import { expressionsWithin, methodsOf, type Scope, selfAttribute, targetsOf } from './scope';

/** A call that nobody can look into. */
export const outsideCall = (s: Scope, call: Call): Words | undefined => {
  const name = codeText(s, call.func, 40);
  const attr = selfAttribute(call.func);
  if (call.func.kind === 'Attribute' && isSuper(call.func.value))
    return words(`what ${call.func.attr} of the parent class gives`, `父类 ${call.func.attr} 的结果`);
  // A method of what another call gives: told step by step, or not at all.
  if (call.func.kind === 'Attribute' && !/^[\w.]*$/.test(name ?? '(')) {
    const whole = describedSteps(s, call);
    if (whole && whole.length > 1) return join(whole, ' → ', ' → ');
    const steps = describedSteps(s, call.func.value);
    const { attr: method } = call.func;
    const last = isSilent(method) ? [] : [plain(method)];
    return steps && steps.length > 0 ? join([...steps, ...last], ' → ', ' → ') : undefined;
  }
  if (name === undefined) return undefined;
  const isHanded = attr !== undefined && settersFrom(s, attr) === 'argument';
  if (isHanded)
    return words(
      `calls the ${attr} that was handed over; what it gives is not known here`,
      `调用传入的 ${attr}，其结果在此未知`,
    );
  if (attr !== undefined) return runWords(name, call);
  if (call.func.kind === 'Name' && isOwnClass(s, name))
    return words(`makes an object of this class (${name})`, `建立本类（${name}）的对象`);
  const isOpen = call.func.kind === 'Name' && s.fn?.params.some((param) => param.name === name) === true;
  if (isOpen && s.fn?.name === '__init__' && isRunLater(s, call))
    return words(`made by the argument ${name}`, `由参数 ${name} 建立`);
  if (isOpen)
    return words(`calls the argument ${name}; what it gives is not known here`, `调用参数 ${name}，其结果在此未知`);
  const home = call.func.kind === 'Name' ? importedFrom(s, name) : undefined;
  if (home !== undefined)
    return /^[A-Z]/.test(name)
      ? words(`makes ${name} (from ${home})`, `建立 ${name}（来自 ${home}）`)
      : words(`computed by ${name} (from ${home})`, `由 ${name} 求得（来自 ${home}）`);
  return /^[A-Z]\w*[a-z]\w*$/.test(name) || s.r.value(call.func)?.kind === 'class'
    ? words(`makes ${name}`, `建立 ${name}`)
    : words(`computed by ${name}`, `由 ${name} 求得`);
};

/** `cls` of a class method. */
const isOwnClass = ({ fn, cls }: Scope, name: string): boolean =>
  cls !== undefined &&
  fn?.params[0]?.name === name &&
  fn.decorators.some((one) => one.kind === 'Name' && one.id === 'classmethod');

/** Whether a constructor keeps what a call gives as an attribute that other methods call: it is a layer. */
const isRunLater = (s: Scope, call: Call): boolean => {
  const kept = statementsIn(s.fn?.body ?? []).flatMap((stmt) =>
    stmt.kind === 'Assign' && stmt.value === call ? targetsOf(stmt).flatMap((one) => selfAttribute(one) ?? []) : [],
  );
  return methodsOf(s.cls).some(({ body }) =>
    expressionsWithin(body).some((expr) => expr.kind === 'Call' && kept.includes(selfAttribute(expr.func) ?? '')),
  );
};

/** Whether the constructor keeps an argument as it is under this name. */
const settersFrom = (s: Scope, attr: string): 'argument' | undefined => {
  const init = methodsOf(s.cls).find(({ name }) => name === '__init__');
  const isKept = statementsIn(init?.body ?? []).some(
    (stmt) =>
      stmt.kind === 'Assign' &&
      stmt.value.kind === 'Name' &&
      targetsOf(stmt).some((target) => selfAttribute(target) === attr) &&
      init?.params.some(({ name }) => stmt.value.kind === 'Name' && name === stmt.value.id),
  );
  return isKept ? 'argument' : undefined;
};
