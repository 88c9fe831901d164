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
    | { readonly before: string; readonly becomes: readonly string[] }
    // Every mutant within a declaration: of its value anything would do as well.
    | { readonly before?: undefined; readonly becomes?: undefined }
  );
