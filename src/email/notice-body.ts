import { fillTemplate } from '../render/template-engine.js';
import { readTemplates } from '../render/templates.js';
import { headerText } from './header-text.js';
import type { MessageBody } from './message-body.js';
import { htmlOfMjml } from './mjml.js';
import { inLines, wrapped } from './plain-text.js';

/** What an owner is told. */
export interface NoticeInputs {
  subject: string;
  /** What happened and what it means, a paragraph each. */
  lines: readonly string[];
  /** Names with their values. */
  facts: readonly (readonly [label: string, value: string])[];
  /** What to do, a step each. */
  fix: readonly string[];
  footer: string;
}

/**
 * Subject, HTML and plain text of a notice to an owner. The package's own templates `email/notice.mjml.hbs` and `email/notice.txt.hbs`
 * are used whatever the configuration says: what goes wrong may be the user's templates.
 */
export async function renderNotice(inputs: NoticeInputs): Promise<MessageBody> {
  const templates = await readTemplates(null);
  const subject = headerText(inputs.subject);
  const facts = inputs.facts.map(([label, value]) => ({ label, value }));
  const view = inLines({ ...inputs, subject, facts });
  const html = await htmlOfMjml(templates, 'email/notice.mjml.hbs', view);
  const text = fillTemplate(templates, 'email/notice.txt.hbs', view, 'none');
  return { subject, html, text: wrapped(text) };
}
