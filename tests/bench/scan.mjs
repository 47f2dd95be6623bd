// The least that reading the orders can take: `node scan.mjs FOLDER`.
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();
const file = path.resolve(process.argv[2], 'tracking_data.csv').replaceAll("'", "''");
const reader = await connection.runAndReadAll(
  `SELECT campaign, SUM(CAST(revenue AS DECIMAL(18,2))) FROM read_csv('${file}') GROUP BY campaign`,
);
const groups = reader.getRows().length;
connection.closeSync();
instance.closeSync();
process.stdout.write(JSON.stringify({ groups, peakBytes: process.resourceUsage().maxRSS * 1024 }));
