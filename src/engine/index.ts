export { type Connect, createEngine, type Engine, type Opened, type Shared } from './client';
export type { AskingPort, Roots } from './protocol';
