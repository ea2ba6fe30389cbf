const months: Record<string, number> = {
  january: 0,
  jan: 0,
  february: 1,
  feb: 1,
  march: 2,
  april: 3,
  may: 4,
  june: 5,
  july: 6,
  august: 7,
  september: 8,
  sept: 8,
  october: 9,
  november: 10,
  december: 11,
};
/** Month of holidays that people date by: the month in which they fall in most years. */
const holidays: Record<string, number> = {
  'new years': 0,
  'super bowl': 1,
  valentines: 1,
  'st patricks': 2,
  easter: 3,
  'mothers day': 4,
  'memorial day': 4,
  juneteenth: 5,
  'fathers day': 5,
  'fourth of july': 6,
  'july 4': 6,
  'labor day': 8,
  halloween: 9,
  thanksgiving: 10,
  christmas: 11,
};
const seasons: Record<string, number> = { spring: 3, summer: 6, fall: 9, autumn: 9, winter: 0 };

export type SpokenDate = { monthsAgo: number; at: number; length: number };

/**
 * When a past event happened, counted back from the call's date (ISO 8601; null when unknown): "last
 * Tuesday", "two months ago", "in march", "may tenth", "june of twenty two", "back in 2019". The first mention.
 */
export function pastDateIn(text: string, callDate: string | null): SpokenDate | null {
  const call = callDate ? new Date(callDate) : null;
  const found: SpokenDate[] = [];
  const add = (match: RegExpExecArray | null, monthsAgo: (m: RegExpExecArray) => number | null) => {
    if (!match) return;
    const value = monthsAgo(match);
    if (value !== null && value >= -0.5)
      found.push({ monthsAgo: value, at: match.index, length: match[0].length });
  };
  const ago =
    / (?:about |like |around |almost |over |maybe )?(\d+(?:\.\d+)?|a|one|a couple(?: of)?|a few|few|couple(?: of)?|several)(?: and a half)? (day|week|month|year)s?(?: and a half)? (?:ago|back|now|before)(?= |$)/;
  add(ago.exec(text), (m) => quantity(m[1]!) * perMonth(m[2]!));
  add(
    / (?:been|its been|over|almost|going on) (?:like |about )?(\d+(?:\.\d+)?|a|one|a couple|a few) (day|week|month|year)s?(?= |$)/.exec(
      text,
    ),
    (m) => quantity(m[1]!) * perMonth(m[2]!),
  );
  add(
    / (today|this morning|week before last|weekend before last|the other week|day before yesterday|couple (?:of )?(?:mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays) ago|\d+ (?:mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays) ago|yesterday|last night|tonight|the other day|this week|last week|(?:last|this|this past|on) (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|weekend)|this month|last month|a little while ago|just now|this year|this past (?:spring|summer|fall|winter|january|february|march|april|may|june|july|august|september|october|november|december)|(?:this|last) (?:spring|summer|fall|winter)|over the summer|earlier this year)(?= |$)/.exec(
      text,
    ),
    (m) =>
      / (last|this past|this) (spring|summer|fall|winter)/.test(m[0])
        ? 6
        : /month|year/.test(m[0])
          ? 2
          : /this past/.test(m[0])
            ? 6
            : 0.3,
  );
  add(new RegExp(` last (${Object.keys(months).join('|')})(?= |$)`).exec(text), (m) =>
    call ? (call.getUTCMonth() - months[m[1]!]! + 12) % 12 || 12 : 6,
  );
  add(/ (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)(?= |$)/.exec(text), () => 0.2);
  // "it'll be three years in January": not quite that long ago
  add(
    / (?:itll|it will|thatll|that will|will) (?:be|have been) (\d+|a) years?(?: (?:in|come|this|next) [a-z]+)?(?= |$)/.exec(
      text,
    ),
    (m) => quantity(m[1]!) * 12 - 1,
  );
  add(/ last year(?= |$)/.exec(text), () => 12);
  add(/ (?:year|years) before last(?= |$)/.exec(text), () => 24.5);
  const monthNames = [...Object.keys(months), ...Object.keys(seasons)].join('|');
  add(
    new RegExp(
      ` (${monthNames})(?: (?:the )?[0-9a-z]+)?(?: of| in)? (?:(?:the )?(?:year )?)((?:19|20)\\d\\d|\\d\\d)(?= |$)`,
    ).exec(text),
    (m) => {
      if (!call) return null;
      const year = Number(
        m[2]!.length === 2
          ? Number(m[2]) <= 31 && m[0].split(' ').length === 3 && !/ of /.test(m[0])
            ? Number.NaN
            : `20${m[2]}`
          : m[2],
      );
      return Number.isNaN(year) ? null : between(call, year, months[m[1]!] ?? seasons[m[1]!]!);
    },
  );
  add(
    /(?:^| (?:in|of|since|back in|was|year|so|its|thats|around|like|about)) ((?:19|20)\d\d)(?= |$)/.exec(
      text,
    ),
    (m) => {
      if (!call) return null;
      const years = call.getUTCFullYear() - Number(m[1]);
      return years <= 0 ? 0.5 : years * 12 - 6 + (years > 2 ? 0 : call.getUTCMonth() - 5.5);
    },
  );
  add(/ (?:in|back in|of|since) (?:twenty )?(1\d|2[0-5])(?= |$)/.exec(text), (m) => {
    if (!call) return null;
    const years = call.getUTCFullYear() - (2000 + Number(m[1]));
    return years <= 0 ? 0.5 : years * 12;
  });
  add(
    new RegExp(
      ` (?:in|on|of|since|back in|around|was|happened|early|late|mid|its|past) (${Object.keys(months).join('|')})(?= |$)`,
    ).exec(text),
    (m) => {
      if (!call) return 6;
      const since = (call.getUTCMonth() - months[m[1]!]! + 12) % 12;
      return since;
    },
  );
  add(
    new RegExp(
      ` (${Object.keys(months)
        .filter((m) => m !== 'may' && m !== 'march')
        .join('|')}|may|march) (?:the )?(?:\\d{1,2}|[a-z]+(?:th|st|nd|rd)|first|second|third)(?= |$)`,
    ).exec(text),
    (m) => {
      if (!call) return 6;
      return (call.getUTCMonth() - months[m[1]!]! + 12) % 12;
    },
  );
  add(new RegExp(` (${Object.keys(holidays).join('|')})(?= |$)`).exec(text), (m) =>
    call ? (call.getUTCMonth() - holidays[m[1]!]! + 12) % 12 : 6,
  );
  // the longest statement says most: "june of 2022" over "june"
  found.sort((a, b) => b.length - a.length || a.at - b.at);
  const dated = found.find(({ monthsAgo }) => monthsAgo > 12) ?? found[0];
  return dated ?? null;
}

function quantity(word: string) {
  if (/^\d/.test(word)) return Number(word);
  if (/couple/.test(word)) return 2;
  return /few|several/.test(word) ? 3 : 1;
}

function perMonth(unit: string) {
  return { day: 1 / 30, week: 0.25, month: 1, year: 12 }[unit] ?? 1;
}

function between(call: Date, year: number, month: number) {
  return (call.getUTCFullYear() - year) * 12 + call.getUTCMonth() - month;
}
