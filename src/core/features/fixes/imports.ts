import type { Alias } from '../../syntax';
import type { TextEdit } from '../../text';
import type { Analysis } from '../analysis';

/** What imports a name from where the file imports another one; undefined where the file does not say from where. */
export const importedBeside = ({ syntax }: Analysis, known: string, name: string): readonly TextEdit[] | undefined => {
  const imports = syntax.chunks.flatMap(({ start, chunk: { stmt } }) =>
    stmt.kind === 'ImportFrom' ? stmt.names.map((alias) => ({ start, alias })) : [],
  );
  if (imports.some(({ alias }) => alias.name === name && !alias.asname) || isStarred(imports, known)) return [];
  const beside = imports.find(({ alias }) => alias.name === known && !alias.asname);
  if (!beside) return undefined;
  const at = beside.start + beside.alias.end;
  return [{ start: at, end: at, newText: `, ${name}` }];
};

const isStarred = (imports: readonly { readonly alias: Alias }[], known: string): boolean =>
  imports.some(({ alias }) => alias.name === '*') && !imports.some(({ alias }) => alias.name === known);
