/** What the rules of a column owe to its type: SQL expressions over the cell `<name>_raw`, and over the trimmed `text` of it. */
export interface Rules {
  /** As in `TypedColumn`. */
  cast?: string;
  /** As in `TypedColumn`. */
  plain?: string;
  /** True where the cell as it stands is the value. */
  quick?: string;
  /** Value of any cell that is not blank, else NULL. */
  careful: (text: string) => string;
  /** As in `TypedColumn`. */
  rounded?: string;
}
