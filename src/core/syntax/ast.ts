export type * from './expr';
export type * from './module';
export type * from './stmt';
