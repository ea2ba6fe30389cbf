import type { CallBody } from '../../../../src/contract/calls.ts';
import { engineWords } from '../../engine-words.ts';
import { formatMoney } from '../../format/money.ts';
import { formatClock, formatWork } from '../../format/number.ts';

/** How the transcript came about: who listened, what it took, what is less good about it. */
export function Hearing({ call }: { call: CallBody }) {
  const hearing = call.transcript?.hearing;
  if (!hearing?.engine) return null;
  const { audio_seconds, engine_seconds, real_time_factor, cost, warnings, tried } = hearing;
  const facts = [
    `${engineWords[hearing.engine]}: ${call.transcript?.engine}`,
    ...(audio_seconds === null ? [] : [`${formatClock(audio_seconds)} of audio`]),
    ...(engine_seconds === null ? [] : [`${formatWork(engine_seconds)} of work`]),
    ...(real_time_factor === null ? [] : [`${real_time_factor.toFixed(3)} s per second of audio`]),
    ...(cost === null ? [] : [formatMoney(cost, 'USD')]),
  ];
  return (
    <div className="mt-2 rounded-md bg-sunken px-3 py-2 text-sm">
      <p className="break-words text-ink-2 text-xs">{facts.join(' · ')}</p>
      {warnings.map((warning) => (
        <p key={warning} className="mt-1 text-warn">
          {warning}
        </p>
      ))}
      {tried.map(({ engine, code, detail }) => (
        <p key={engine} className="mt-1 break-words">
          {engineWords[engine]} was asked before, in vain: {detail}{' '}
          <code className="font-mono text-ink-2 text-xs">{code}</code>
        </p>
      ))}
    </div>
  );
}
