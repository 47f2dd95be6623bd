/** How grave a check takes what it finds; `off` leaves it out. */
export type Severity = 'off' | 'info' | 'warning' | 'error';

/** What the configuration says about the checks. */
export interface CheckSettings {
  /** From which severity on `roi-report check` fails. */
  failOn: 'error' | 'warning' | 'never';
  /** Severities by the id of a check, in place of its own. */
  severity: Readonly<Record<string, Severity>>;
  /** Data whose last day lies further before the day of the report than this are stale. */
  freshnessDays: number;
}

/** How much may be set aside before the run stops; shares from 0 to 1. */
export interface QuarantineLimits {
  /** Of the rows of any one table, blank ones left out. */
  maxShare: number;
  /** Of the revenue, so far as it is known of the rows set aside. */
  maxRevenueShare: number;
}
