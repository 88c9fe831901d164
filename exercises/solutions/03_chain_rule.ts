// deno-lint-ignore-file no-unused-vars

/** [dL/dd, dL/de]: the other factor, times what arrives. */
export function throughL(d: number, e: number, dL_dL: number): number[] {
  return [e * dL_dL, d * dL_dL];
}

/** [dL/da, dL/db]: a sum has the local derivatives 1 and 1. */
export function throughD(a: number, b: number, dL_dd: number): number[] {
  return [1 * dL_dd, 1 * dL_dd];
}

/** [dL/dc, dL/df] */
export function throughE(c: number, f: number, dL_de: number): number[] {
  return [f * dL_de, c * dL_de];
}

/** { L: dL/dL, d: dL/dd, e: dL/de, a: …, b: …, c: …, f: … } */
export function derivatives(a: number, b: number, c: number, f: number): Record<string, number> {
  const d = a + b, e = c * f;
  const dL_dL = 1;
  const [dL_dd, dL_de] = throughL(d, e, dL_dL);
  const [dL_da, dL_db] = throughD(a, b, dL_dd);
  const [dL_dc, dL_df] = throughE(c, f, dL_de);
  return { L: dL_dL, d: dL_dd, e: dL_de, a: dL_da, b: dL_db, c: dL_dc, f: dL_df };
}

export function stepped(a: number, b: number, c: number, f: number, size: number): number {
  const { a: da, b: db, c: dc, f: df } = derivatives(a, b, c, f);
  return (a + size * da + b + size * db) * ((c + size * dc) * (f + size * df));
}
