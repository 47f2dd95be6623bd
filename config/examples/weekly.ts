import { writeFile } from 'node:fs/promises';
import { buildReport, exportReport, ReportError, renderHtml, renderPdf } from 'roi-report';

try {
  const report = await buildReport({
    data: 'data',
    config: 'config/report.yaml',
    asOf: '2026-06-28',
    filters: { categories: ['Fitness'], minFollowers: 100_000 },
  });
  const roas = report.sections[0]?.kpis.find(({ id }) => id === 'roas');
  process.stdout.write(`ROAS ${roas?.value ?? 'n/a'}, data ${report.badge.color}: ${report.badge.reason}\n`);

  const html = await renderHtml(report, { config: 'config/report.yaml' });
  await writeFile('report.html', html);
  await writeFile('report.pdf', await renderPdf(report, { config: 'config/report.yaml', html }));
  for (const [name, content] of await exportReport(report, ['json', 'xlsx'])) await writeFile(name, content);
} catch (error) {
  if (!(error instanceof ReportError)) throw error;
  process.stderr.write(`${error.code}: ${error.message} ${error.hint ?? ''}\n`);
  process.exitCode = error.exitCode;
}
