import { createFigures, type Figures } from '../model/figures.js';
import type { FigureSettings } from '../model/settings.js';
import type { WholeFigures } from '../model/whole.js';
import type { Warehouse } from '../warehouse/warehouse.js';

/** Figures that outlive a report, so that the next one with the same filters need not compute them again. */
export interface KeptFigures {
  /** Does `work` with the figures of these settings; they stay as they are until it is done. */
  use<Result>(settings: FigureSettings, work: (figures: Figures) => Promise<Result>): Promise<Result>;
}

interface Entry {
  figures: Figures;
  users: number;
}

/**
 * @param most - how many figures are kept that nobody uses at the moment; with 0 each is freed after its report
 */
export function keepFigures(warehouse: Warehouse, whole: WholeFigures, most: number): KeptFigures {
  const kept = new Map<string, Entry>();

  const freeSurplus = async () => {
    const idle = [...kept].filter(([, { users }]) => users === 0);
    const surplus = idle.slice(0, Math.max(0, idle.length - most));
    for (const [key] of surplus) kept.delete(key);
    await Promise.all(surplus.map(([, { figures }]) => figures.close()));
  };

  return {
    async use(settings, work) {
      const key = JSON.stringify(settings);
      const entry = kept.get(key) ?? { figures: createFigures(warehouse, settings, whole), users: 0 };
      kept.delete(key);
      kept.set(key, entry);
      entry.users += 1;
      try {
        return await work(entry.figures);
      } catch (error) {
        // What failed once is computed anew.
        if (kept.get(key) === entry) kept.delete(key);
        throw error;
      } finally {
        entry.users -= 1;
        if (entry.users === 0 && kept.get(key) !== entry) await entry.figures.close();
        await freeSurplus();
      }
    },
  };
}
