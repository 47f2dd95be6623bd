import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { openLedger } from '../../src/ledger/open-ledger.js';
import { packageRoot } from '../../src/package-root.js';
import { parseCron } from '../../src/schedule/cron.js';
import { metricsText } from '../../src/service/metrics.js';
import { runCli } from '../support/cli.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const folder = path.join(packageRoot, 'config', 'deploy');
const read = (name: string) => readFileSync(path.join(folder, name), 'utf8');
const names = readdirSync(folder);
const everything = names.map((name) => ({ name, text: read(name) }));
const unit = read('roi-report.service');
const containerfile = read('Containerfile');

/** Command lines of roi-report, by the program's name or as a script of Node.js; a backslash at the end of a line goes on. */
function commandLines(text: string): string[] {
  const joined = text.replaceAll(/\\\n\s*/g, ' ');
  const pattern =
    /(?:\broi-report|dist\/cli\.js|--no-deps schedule) ((?:send|schedule|runs|deliveries|doctor|build)\b[^\n`#|;]*)/g;
  return [...joined.matchAll(pattern)].map(([, line = '']) => line.trim());
}

const lines = everything.flatMap(({ name, text }) => commandLines(text).map((line) => ({ name, line })));
const commands = [...new Set(lines.map(({ line }) => commandOf(line)))];
const helps = new Map<string, string>();

function commandOf(line: string): string {
  return /^(?:deliveries resend|[a-z]+)/.exec(line)?.[0] ?? '';
}

describe('commands that the files name', () => {
  beforeAll(async () => {
    for (const command of commands) {
      const { code, stdout } = await runCli([...command.split(' '), '--help']);
      helps.set(command, code === 0 ? stdout : '');
    }
  });

  it('are found', () => {
    expect(commands).toEqual(
      expect.arrayContaining(['schedule', 'send', 'doctor', 'deliveries', 'deliveries resend']),
    );
    expect(lines.length).toBeGreaterThan(10);
  });

  it('exist, with each of their flags', () => {
    for (const { name, line } of lines) {
      const help = helps.get(commandOf(line)) ?? '';
      const usage = new RegExp(`^Usage: roi-report ${commandOf(line)} `);
      expect(help, `${name}: ${line}`).toMatch(usage);
      for (const [flag] of line.matchAll(/(?<=\s)--[a-z-]+/g)) {
        expect(help, `${name}: ${line}`).toMatch(new RegExp(`^ +${flag}\\b`, 'm'));
      }
    }
  });
});

it('environment variables that the files name are read by the program', () => {
  const src = path.join(packageRoot, 'src');
  const code = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(path.join(src, file), 'utf8'))
    .join('\n');
  const named = new Set(everything.flatMap(({ text }) => text.match(/\bROI_REPORT_[A-Z_]+/g) ?? []));
  expect([...named]).toEqual(expect.arrayContaining(['ROI_REPORT_HEALTH', 'ROI_REPORT_SMTP_PASSWORD']));
  for (const name of named) expect(code).toMatch(new RegExp(`\\b${name}\\b`));
});

it('files that the files name are there', () => {
  const copied = [...containerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, paths = '']) =>
    paths.split(' '),
  );
  const ignored = read('Containerfile.dockerignore');
  expect(copied).toContain('package-lock.json');
  for (const file of copied) {
    expect(existsSync(path.join(packageRoot, file)), file).toBe(true);
    expect(ignored).toContain(`\n!${file}\n`);
  }
  const readme = read('README.md');
  for (const [, target = ''] of readme.matchAll(/\]\(([^)]+)\)/g)) expect(names).toContain(target);
  for (const [file] of readme.matchAll(/\bconfig\/[a-z/.-]+/g))
    expect(existsSync(path.join(packageRoot, file)), file).toBe(true);
});

it('the container runs the version of Node.js that the package asks for, and not as root', () => {
  const versions = [...containerfile.matchAll(/^FROM docker\.io\/library\/node:(\d+)/gm)].map(
    ([, number]) => number,
  );
  expect(versions).toEqual(['20', '20', '20']);
  expect(containerfile).toMatch(/^USER 10001:10001$/m);
});

it('Compose gives the container what it writes to, and enough time to stop', () => {
  const compose = z
    .object({
      services: z.object({
        schedule: z.object({
          build: z.object({ context: z.string(), dockerfile: z.string() }),
          volumes: z.array(z.string()),
          stop_grace_period: z.literal('2m'),
          init: z.literal(true),
        }),
      }),
      volumes: z.record(z.string(), z.null()),
    })
    .parse(parse(read('compose.yaml')));
  const { build, volumes } = compose.services.schedule;
  const context = path.resolve(folder, build.context);
  expect(context).toBe(path.resolve(packageRoot));
  expect(existsSync(path.join(context, build.dockerfile))).toBe(true);
  const wanted = z.array(z.string()).parse(JSON.parse(/^VOLUME (.+)$/m.exec(containerfile)?.[1] ?? ''));
  expect(volumes.map((volume) => volume.split(':')[1])).toEqual(wanted);
  expect(Object.keys(compose.volumes)).toEqual(['output', 'cache']);
});

it('the unit lets Node.js and the sandbox of Chromium run, and the service drain', () => {
  const settings = new Map(
    [...unit.matchAll(/^([A-Za-z]+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
  );
  expect(settings.has('MemoryDenyWriteExecute')).toBe(false);
  expect(settings.get('RestrictNamespaces')).toBe('user pid net');
  expect(settings.get('SystemCallFilter')).toMatch(/\bchroot\b/);
  expect(settings.get('RestrictAddressFamilies')).toBe('AF_UNIX AF_INET AF_INET6 AF_NETLINK');
  expect(settings.get('KillMode')).toBe('mixed');
  expect(Number(settings.get('TimeoutStopSec'))).toBeGreaterThan(60);
  expect(unit).not.toMatch(/PASSWORD|DKIM_KEY/);
});

it('alerts and README name metrics that there are', async () => {
  const temporary = await temporaryFolder();
  const ledger = openLedger(temporary.folder);
  const now = new Date('2026-11-24T12:00:00Z');
  const schedules = [{ id: 'weekly-board', cron: parseCron('0 7 * * 1', 'weekly-board'), zone: 'UTC' }];
  const text = await metricsText({
    ledger,
    schedules,
    now: () => now,
    lastTick: { begun: now, ended: now, failures: [] },
  });
  ledger.close();
  await temporary.remove();
  const alerts = read('alerts.yaml');
  const named = new Set(alerts.match(/\broi_report_[a-z_]+/g));
  expect(named.size).toBeGreaterThan(3);
  for (const name of named) expect(text).toContain(`# HELP ${name} `);
  const rules = z
    .object({
      groups: z.array(
        z.object({
          rules: z.array(
            z.object({ alert: z.string(), expr: z.string(), annotations: z.object({ summary: z.string() }) }),
          ),
        }),
      ),
    })
    .parse(parse(alerts));
  expect(rules.groups[0]?.rules.length).toBeGreaterThan(3);
});
