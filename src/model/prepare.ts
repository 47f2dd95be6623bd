import type { Warehouse } from '../warehouse/warehouse.js';
import { ledgerStatements } from './ledger.js';
import { salesStatements } from './sales.js';
import { trackedStatements } from './tracked.js';

/**
 * Builds `platforms`, `published`, `sales_by_source`, `sales`, `tracked` and the payout `ledger` from the canonical tables `influencers`,
 * `posts`, `tracking` and `payouts`, once for all reports that are made of them.
 */
export async function prepareModel(warehouse: Warehouse): Promise<void> {
  for (const statement of [...salesStatements, ...trackedStatements, ...ledgerStatements])
    await warehouse.query(statement);
}
