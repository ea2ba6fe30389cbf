/** The 97.5 % point of the normal distribution: intervals of 95 %. */
const z = 1.959963984540054;

/**
 * Wilson's score interval of a share, in percent: where the true rate lies, at 95 %. Right for few calls and for rates
 * near 0 and 100, where the usual "± 2 standard errors" is not.
 * https://en.wikipedia.org/wiki/Binomial_proportion_confidence_interval#Wilson_score_interval
 * @returns nulls for no calls at all
 */
export function wilsonInterval(of: number, n: number): { low: number | null; high: number | null } {
  if (n === 0) return { low: null, high: null };
  const share = of / n;
  const middle = share + (z * z) / (2 * n);
  const half = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  const whole = 1 + (z * z) / n;
  return { low: percent((middle - half) / whole), high: percent((middle + half) / whole) };
}

function percent(share: number): number {
  return Math.round(10_000 * Math.min(1, Math.max(0, share))) / 100;
}
