import { fillTemplate } from '../render/template-engine.js';
import type { Templates } from '../render/templates.js';
import { type BodyInputs, type FigureView, type MessageView, messageView } from './message-view.js';
import { htmlOfMjml } from './mjml.js';
import { aligned, inLines, wrapped } from './plain-text.js';
import { subjectOf } from './subject.js';

/** What a person reads of a message. */
export interface MessageBody {
  subject: string;
  html: string;
  /** Lines of at most 76 characters, unless a word is longer by itself. */
  text: string;
}

/**
 * Subject, HTML and plain text of an edition's message, all from the report and with the figures as its page 1 writes them. The HTML
 * asks for nothing from outside the message.
 *
 * @param templates - as `readTemplates` gives them: `email/message.mjml.hbs` and `email/message.txt.hbs` are filled
 * @throws ReportError `template-failed` (exit code 4) that names the template's file
 */
export async function renderMessageBody(inputs: BodyInputs, templates: Templates): Promise<MessageBody> {
  const subject = subjectOf(inputs.report);
  const view = inLines({ ...messageView(inputs), subject });
  const html = await htmlOfMjml(templates, 'email/message.mjml.hbs', view);
  const text = fillTemplate(
    templates,
    'email/message.txt.hbs',
    { ...view, figureLines: figureLines(view) },
    'none',
  );
  return { subject, html, text: wrapped(text) };
}

/** Figures in lines under each other: one a figure, or one a value where these would be too long. */
function figureLines({ figures, week }: MessageView): string[] {
  const changes = figures.find((figure) => figure.week !== null)?.week?.changes ?? [];
  const inOne =
    week === null
      ? aligned(figures.map(({ label, figure }) => [label, figure]))
      : aligned([
          ['', 'whole period', 'in the week', ...changes.map(({ over }) => over)],
          ...figures.map((figure) => [
            figure.label,
            figure.figure,
            ...weekOf(figure).map(([, text]) => text),
          ]),
        ]);
  return (
    inOne ??
    figures.flatMap((figure) => [
      figure.label,
      ...(aligned([
        ['  whole period', figure.figure],
        ...weekOf(figure).map(([name, text]) => [`  ${name}`, text]),
      ]) ?? [`  ${figure.figure}`]),
    ])
  );
}

function weekOf({ week }: FigureView): [string, string][] {
  if (week === null) return [];
  return [
    ['in the week', week.figure],
    ...week.changes.map(({ sign, text, over }): [string, string] => [over, `${sign} ${text}`.trim()]),
  ];
}
