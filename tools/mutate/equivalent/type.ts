/** Mutants that no test has to notice. */
export type Equivalent =
  & {
    /** A reason that somebody else can check. */
    readonly why: string;
    readonly file: string;
    /** The declarations around it, as `deno task mutate --list` prints them. */
    readonly within: string;
  }
  & (
    | {
      readonly before: string;
      readonly becomes: readonly string[];
      readonly computed?: undefined;
    }
    // Other numbers within a declaration, where any would do as well.
    | {
      readonly before?: undefined;
      readonly becomes?: undefined;
      /** Every mutant within the declaration, not other numbers alone. */
      readonly computed?: boolean;
    }
  );
