import type { ConnectionSecretBody } from '../../../../src/contract/connections.ts';
import { CodeBlock } from '../../parts/code-block.tsx';

/** What to paste at the platform, one per trigger. */
export function TemplateList({ templates }: { templates: ConnectionSecretBody['templates'] }) {
  return (
    <div className="divide-y divide-line">
      {templates.map((template) => (
        <div key={template.trigger} className="flex flex-col gap-2.5 p-4">
          <h3 className="font-semibold text-sm">{template.trigger}</h3>
          <p className="text-pretty text-ink-2 text-sm">{template.where}</p>
          <p className="text-ink-2 text-xs">
            {template.method}
            {template.content_type ? ` · ${template.content_type}` : ''}
          </p>
          <CodeBlock text={template.url} label={`${template.trigger}: address`} />
          {template.body ? <CodeBlock text={template.body} label={`${template.trigger}: body`} /> : null}
        </div>
      ))}
    </div>
  );
}
