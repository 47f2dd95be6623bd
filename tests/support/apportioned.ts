import { apportion } from '../../src/model/apportion.js';
import type { Warehouse } from '../../src/warehouse/warehouse.js';

/** An amount in minor units and the weights that it is divided by. */
export interface Division {
  amount: number;
  weights: readonly number[];
}

/** The shares of each division, in the order of its weights; all divisions in one statement. */
export async function apportioned(warehouse: Warehouse, divisions: readonly Division[]): Promise<number[][]> {
  const rows = divisions.flatMap(({ amount, weights }, division) =>
    weights.map((weight, place) => `(${division}, ${place}, ${amount}, ${weight})`),
  );
  await warehouse.query(`
    DROP TABLE IF EXISTS to_divide;
    CREATE TABLE to_divide (division BIGINT, share BIGINT, amount BIGINT, weight BIGINT);
    INSERT INTO to_divide VALUES ${rows.join(', ')}`);
  const shares = await warehouse.query<{ division: number; amount: number }>(`
    SELECT division, amount
    FROM (${apportion({ from: 'to_divide', group: ['division'], key: ['share'] })}) AS divided
    ORDER BY division, share`);
  const result = divisions.map((): number[] => []);
  for (const { division, amount } of shares) result[division]?.push(amount);
  return result;
}
