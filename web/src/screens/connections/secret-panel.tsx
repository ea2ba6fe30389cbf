import { KeyRound } from 'lucide-react';
import type { ConnectionSecretBody } from '../../../../src/contract/connections.ts';
import { Card } from '../../parts/card.tsx';
import { CodeBlock } from '../../parts/code-block.tsx';
import { TemplateList } from './template-list.tsx';

function Line({ label, text }: { label: string; text: string }) {
  return (
    <div>
      <h3 className="mb-1.5 font-medium text-sm">{label}</h3>
      <CodeBlock text={text} label={label} />
    </div>
  );
}

/** Address, key and templates: shown once, each ready to copy. */
export function SecretPanel({ secret }: { secret: ConnectionSecretBody }) {
  return (
    <div className="flex flex-col gap-4">
      <Card title="Address and key">
        <div className="flex flex-col gap-4 p-4">
          <p className="flex items-start gap-2 rounded-lg bg-warn-soft px-3 py-2.5 text-sm text-warn">
            <KeyRound aria-hidden className="mt-0.5 size-4 shrink-0" />
            The key is shown this once. Copy it now, or rotate it later.
          </p>
          <Line label="Address" text={secret.url} />
          <Line label="Connection id" text={secret.connection_id} />
          <Line label="Key" text={secret.api_key} />
          <Line label="Send a test event" text={secret.curl} />
        </div>
      </Card>
      {secret.templates.length > 0 ? (
        <Card title="Paste at the platform" hint="one per trigger, keys filled in">
          <TemplateList templates={secret.templates} />
        </Card>
      ) : null}
    </div>
  );
}
