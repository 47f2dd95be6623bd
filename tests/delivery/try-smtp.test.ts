import { afterEach, expect, it } from 'vitest';
import { trySmtp } from '../../src/delivery/try-smtp.js';
import { answer, at, closedPort, type SmtpServer, startSmtpServer } from '../support/smtp-server.js';

let server: SmtpServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});
const smtp = (port: number, security: 'none' | 'starttls' = 'none') => ({
  host: '127.0.0.1',
  port,
  security,
  timeoutSeconds: 1,
});
const login = { user: 'reports', password: 'correct-horse' };

it('connects, logs in, takes leave, and sends nothing', async () => {
  server = await startSmtpServer({ abilities: ['AUTH PLAIN'] });
  await trySmtp(smtp(server.port), login);
  await server.talks[0]?.over;
  expect(server.talks[0]?.heard).toMatch(/AUTH PLAIN [\s\S]*QUIT/);
  expect(server.talks[0]?.heard).not.toMatch(/MAIL|DATA/);
});

it('says what is wrong, and the fix, without the password', async () => {
  const told = answer(`535 5.7.8 ${login.password} is wrong`);
  server = await startSmtpServer({ abilities: ['AUTH PLAIN'], ...at('AUTH', told) });
  const failure = await trySmtp(smtp(server.port), login).catch((error: unknown) => error);
  expect(failure).toMatchObject({
    code: 'smtp-unusable',
    exitCode: 5,
    message: expect.stringMatching(/answered AUTH.* with 535/),
    hint: expect.stringContaining('ROI_REPORT_SMTP_PASSWORD'),
  });
  expect(String((failure as Error).stack)).not.toContain(login.password);
});

it.each([
  ['a server that is down', 'none', /failed while opening the session/, /smtp\.host/],
  ['a server without TLS', 'starttls', /STARTTLS|TLS/, /security/],
] as const)('names the fix for %s', async (_, security, message, hint) => {
  if (security === 'starttls') server = await startSmtpServer();
  const port = server?.port ?? (await closedPort());
  await expect(trySmtp(smtp(port, security), null)).rejects.toMatchObject({
    message: expect.stringMatching(message),
    hint: expect.stringMatching(hint),
  });
});
