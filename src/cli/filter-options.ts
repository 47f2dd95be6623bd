import { type Command, InvalidArgumentError } from 'commander';
import { type Filters, noFilters } from '../model/filters.js';

/** The flags that narrow a report; a flag that is given replaces that filter of the configuration. */
export interface FilterFlags {
  campaign?: string[];
  category?: string[];
  platform?: string[];
  minFollowers?: number;
  maxFollowers?: number;
  from?: string;
  to?: string;
  /** False where the configuration's filters do not hold. */
  filters: boolean;
}

export function addFilterOptions(command: Command): Command {
  return command
    .option('--campaign <name>', 'only this campaign; repeat for several', collect)
    .option('--category <name>', 'only influencers of this category; repeat for several', collect)
    .option('--platform <name>', 'only this platform; repeat for several', collect)
    .option('--min-followers <count>', 'only influencers with at least so many followers', parseCount)
    .option('--max-followers <count>', 'only influencers with at most so many followers', parseCount)
    .option('--from <day>', 'first day, YYYY-MM-DD', parseDay)
    .option('--to <day>', 'last day, YYYY-MM-DD', parseDay)
    .option('--no-filters', "leave out the configuration's filters; those of the command line hold");
}

export function mergeFilters(configured: Filters, flags: FilterFlags): Filters {
  const filters = flags.filters ? configured : noFilters;
  return {
    campaigns: flags.campaign ?? filters.campaigns,
    categories: flags.category ?? filters.categories,
    platforms: flags.platform ?? filters.platforms,
    minFollowers: flags.minFollowers ?? filters.minFollowers,
    maxFollowers: flags.maxFollowers ?? filters.maxFollowers,
    from: flags.from ?? filters.from,
    to: flags.to ?? filters.to,
  };
}

/** A day as YYYY-MM-DD that exists in the calendar. */
export function parseDay(text: string): string {
  const moment = new Date(`${text}T00:00:00Z`);
  if (
    !/^\d{4}-\d{2}-\d{2}$/.test(text) ||
    Number.isNaN(moment.getTime()) ||
    moment.toISOString().slice(0, 10) !== text
  ) {
    throw new InvalidArgumentError('It is not a day such as 2026-06-26.');
  }
  return text;
}

export function parseRatio(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0) {
    throw new InvalidArgumentError('It is not a number such as 0.8.');
  }
  return value;
}

function parseCount(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('It is not a whole number such as 100000.');
  return Number(text);
}

function collect(value: string, previous: string[] = []): string[] {
  return [...previous, value];
}
