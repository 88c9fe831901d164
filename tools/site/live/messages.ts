/**
 * The messages between a page and the worker that runs its cells.
 *
 * @module
 */
import type { Output } from "../../nbformat.ts";
import type { Position } from "./cell.ts";

/** A cell to run: `file` is the name that a stack gives it. */
export interface Run {
  readonly file: string;
  readonly source: string;
}

/** Why a cell failed, and where: in this cell, or in the one that a function of it was declared in. */
export interface Failure {
  readonly message: string;
  readonly place?: Position & { readonly file: string };
}

/** What the worker reports about the cell that runs. */
export type Report =
  | { readonly type: "output"; readonly output: Output; readonly display?: string }
  | { readonly type: "update"; readonly output: Output; readonly display: string }
  | { readonly type: "done" }
  | { readonly type: "failed"; readonly failure: Failure }
  /** Nothing has caught an error of a timer or a promise, of whichever cell. */
  | { readonly type: "uncaught"; readonly failure: Failure };
