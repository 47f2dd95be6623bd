import type { Effects } from '../effects.js';
import { type DuckDb, openDuckDb } from '../warehouse/duckdb.js';

/** Opens an engine for a piece of work and closes it afterwards, or as soon as the run is aborted; then the abort's reason is thrown. */
export async function withWarehouse<Result>(
  effects: Effects,
  work: (warehouse: DuckDb) => Promise<Result>,
): Promise<Result> {
  const warehouse = await openDuckDb();
  const interrupt = () => void warehouse.close();
  effects.signal.addEventListener('abort', interrupt, { once: true });
  try {
    return await work(warehouse);
  } catch (error) {
    effects.signal.throwIfAborted();
    throw error;
  } finally {
    effects.signal.removeEventListener('abort', interrupt);
    await warehouse.close();
  }
}
