import type { ComponentProps, ReactNode } from 'react';
import type { MetricBody } from '../../../src/contract/reports.ts';
import { Th } from './table.tsx';
import { Tooltip } from './tooltip.tsx';

/** What a figure counts, and over what. */
export function MetricDefinition({ metric }: { metric: MetricBody }) {
  return (
    <>
      <span className="block font-semibold">{metric.label}</span>
      {metric.definition}
      {metric.denominator ? (
        <span className="mt-1 block text-ink-2">Out of: {metric.denominator}</span>
      ) : null}
    </>
  );
}

/** The name of a figure; its definition on hover and focus. Until the definitions are there, the name alone. */
export function DefinedName({
  of,
  id,
  children,
}: {
  of: MetricBody[] | undefined;
  id: string;
  children: ReactNode;
}) {
  const metric = of?.find((candidate) => candidate.id === id);
  if (!metric) return children;
  return (
    <Tooltip text={<MetricDefinition metric={metric} />}>
      {(target) => (
        <button
          {...target}
          type="button"
          className="inline-flex min-h-[24px] cursor-help items-center hover:text-ink"
        >
          {children}
        </button>
      )}
    </Tooltip>
  );
}

/** The heading of a column of figures, with its definition. */
export function DefinedTh({
  of,
  id,
  children,
  ...rest
}: ComponentProps<'th'> & { of: MetricBody[] | undefined; id: string }) {
  return (
    <Th className="text-right" {...rest}>
      <DefinedName of={of} id={id}>
        {children}
      </DefinedName>
    </Th>
  );
}
