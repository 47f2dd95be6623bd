import type { DeliveryConfig } from '../config/delivery.js';
import { EXIT, ReportError } from '../errors.js';
import { type Credentials, redactor } from './secrets.js';
import { connectionOptions } from './smtp-options.js';
import { classify, type Progress } from './smtp-outcome.js';
import { smtpSession } from './smtp-session.js';

/**
 * Connects with the mail server and logs in, as for a message, and sends none.
 *
 * @throws ReportError `smtp-unusable` (exit code 5) that says why it cannot be used, and the fix
 */
export async function trySmtp(
  smtp: NonNullable<DeliveryConfig['smtp']>,
  credentials: Credentials | null,
): Promise<void> {
  const session = smtpSession(connectionOptions(smtp));
  const progress: Progress = { server: `${smtp.host}:${smtp.port}`, phase: 'opening the session' };
  try {
    await session.open();
    progress.phase = 'logging in';
    if (credentials) await session.login(credentials);
  } catch (error) {
    const outcome = classify(error, progress);
    const reason = 'reason' in outcome ? outcome.reason : '';
    throw new ReportError(redactor({ credentials, dkimKey: null })(reason), {
      code: 'smtp-unusable',
      exitCode: EXIT.delivery,
      hint:
        outcome.state === 'refused'
          ? outcome.fix
          : 'Check delivery.smtp.host and delivery.smtp.port, and that the server is up.',
    });
  } finally {
    session.quit();
  }
}
