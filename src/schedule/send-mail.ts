import { createTransport } from 'nodemailer';
import { Failure } from '../domain/failure.ts';

export type MailSettings = {
  /** `smtp://user:password@host:port` or `smtps://…`; null where no mail server is set up. */
  smtpUrl: string | null;
  from: string;
};

export type Mail = {
  /** Stays the same when a mail is sent again, so that mail servers can tell. */
  id: string;
  to: string[];
  subject: string;
  text: string;
  attachment: { name: string; path: string; type: string } | null;
};

const connectMs = 15_000;
const silentMs = 60_000;

/** Sends one mail to all its recipients. @throws Failure */
export async function sendMail(settings: MailSettings, mail: Mail): Promise<void> {
  if (settings.smtpUrl === null)
    throw new Failure('send.no-mail-server', 'never', 'ARIA_SMTP_URL is not set');
  const transport = createTransport({
    ...readUrl(settings.smtpUrl),
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    socketTimeout: silentMs,
    disableFileAccess: mail.attachment === null,
    disableUrlAccess: true,
  });
  const { attachment } = mail;
  try {
    await transport.sendMail({
      from: settings.from,
      to: mail.to,
      subject: mail.subject,
      text: mail.text,
      messageId: `<${mail.id}@aria>`,
      ...(attachment && {
        attachments: [{ filename: attachment.name, path: attachment.path, contentType: attachment.type }],
      }),
    });
  } catch (error) {
    throw toFailure(error);
  } finally {
    transport.close();
  }
}

function readUrl(text: string) {
  const url = new URL(text);
  const secure = url.protocol === 'smtps:';
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port ? Number(url.port) : secure ? 465 : 587,
    secure,
    ...(url.username && {
      auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    }),
  };
}

/** A 5xx of SMTP, and wrong credentials, stay wrong; all else may pass. */
function toFailure(error: unknown): Failure {
  const { responseCode, code, message, response } = error as {
    responseCode?: number;
    code?: string;
    message: string;
    response?: string;
  };
  const refused = code === 'EAUTH' || code === 'EENVELOPE' || (responseCode ?? 0) >= 500;
  const passing = responseCode !== undefined && responseCode < 500;
  const detail = response ?? message;
  return refused && !passing
    ? new Failure('send.mail-refused', 'never', detail, { cause: error })
    : new Failure('send.mail-unavailable', 'soon', detail, { cause: error });
}
