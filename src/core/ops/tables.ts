import { einopsTables } from './einops';
import { einxTables } from './einx';
import { numpyTables } from './numpy';
import { paddleTables } from './paddle';
import type { Table } from './rows';
import { torchTables } from './torch';

/** Every table there is. Of two rows with one name the first table's stands first. */
export const tables: readonly Table[] = [
  ...torchTables,
  ...paddleTables,
  ...einopsTables,
  ...einxTables,
  ...numpyTables,
];
