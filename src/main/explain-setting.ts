import type { z } from 'zod';

/** What a setting has to be, in words for whoever set it; undefined where the schema says it better. */
export function explainSetting(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.expected === 'number') return 'expected a number';
      return issue.expected === 'int' ? 'expected a whole number' : undefined;
    case 'too_big':
      return `expected ${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}`;
    case 'too_small':
      return `expected ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`;
    case 'invalid_value':
      return `expected one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_format':
      return issue.format === 'url' ? 'expected an address such as https://aria.example.com' : undefined;
    default:
      return undefined;
  }
}
