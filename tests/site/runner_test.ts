import { assertEquals } from "@std/assert";
import type { Output } from "../../tools/nbformat.ts";
import type { Failure, Report, Run } from "../../tools/site/live/messages.ts";
import { type CellWorker, type RunnableCell, Runner } from "../../tools/site/live/runner.ts";

/** A page of three cells, and workers that report what the test tells them to. */
class TestPage {
  /** What happened, in order: `cell 1: start`, `worker 1 gets a-1.ts`, … */
  readonly log: string[] = [];
  readonly cells = [1, 2, 3].map((number) => new TestCell(number, this.log));
  readonly workers: TestWorker[] = [];
  readonly runner = new Runner(this.cells, () => {
    this.workers.push(new TestWorker(this.workers.length + 1, this.log));
    return this.workers.at(-1)!;
  });

  /** The worker of the cell that runs reports something; returns what happened since the last time. */
  async report(report: Report, worker = this.workers.at(-1)!): Promise<string[]> {
    worker.send(report);
    return await this.happened();
  }

  async happened(): Promise<string[]> {
    await new Promise((resolve) => setTimeout(resolve));
    return this.log.splice(0);
  }

  /** The numbers of the cells that run or wait. */
  get busy(): number[] {
    return this.cells.filter(({ busy }) => busy).map(({ number }) => number);
  }
}

class TestCell implements RunnableCell {
  readonly file: string;
  source: string;
  busy = false;
  constructor(readonly number: number, readonly log: string[]) {
    this.file = `a-${number}.ts`;
    this.source = `one of ${number};\n  two of ${number};`;
  }
  #happens(what: string): void {
    this.log.push(`cell ${this.number}: ${what}`);
  }
  start(): void {
    this.#happens("start");
  }
  clear(): void {
    this.#happens("clear");
  }
  async show(output: Output, display = "none"): Promise<void> {
    if (text(output) === "broken") throw new TypeError("no such type");
    // The first output waits for what typesets it.
    if (text(output) === "slow") await new Promise((resolve) => setTimeout(resolve));
    this.#happens(`shows ${text(output)} as ${display}`);
  }
  update(output: Output, display: string): Promise<void> {
    this.#happens(`updates ${display} with ${text(output)}`);
    return Promise.resolve();
  }
  fail(text: string): void {
    this.#happens(`fails: ${text}`);
  }
  note(text: string): void {
    this.#happens(`notes: ${text}`);
  }
}

class TestWorker implements CellWorker {
  onmessage: CellWorker["onmessage"] = null;
  onerror: CellWorker["onerror"] = null;
  constructor(readonly number: number, readonly log: string[]) {}
  postMessage({ file, source }: Run): void {
    this.log.push(`worker ${this.number} gets ${file}: ${source.split("\n")[0]}`);
  }
  send(data: Report): void {
    this.onmessage!.call(null!, { data } as MessageEvent<Report>);
  }
  terminate(): void {
    this.log.push(`worker ${this.number} ends`);
  }
}

const output = (text: string): Output => ({ output_type: "stream", name: "stdout", text });
const text = (output: Output) => "text" in output ? String(output.text) : "";
const done: Report = { type: "done" };
const failed = (failure: Failure): Report => ({ type: "failed", failure });
const starts = (cell: number, worker = 1) => [
  `cell ${cell}: start`,
  `worker ${worker} gets a-${cell}.ts: one of ${cell};`,
];
const stopped = "Stopped. The cells before it run again when they are needed.";

Deno.test("a cell runs after those before it, each once", async () => {
  const page = new TestPage(), [, second, third] = page.cells;
  void page.runner.run(second);
  assertEquals(page.busy, [1, 2]);
  assertEquals(await page.happened(), starts(1));
  assertEquals(await page.report(done), starts(2));
  assertEquals(page.busy, [2]);
  assertEquals(await page.report(done), []);
  assertEquals(page.busy, []);
  void page.runner.run(third);
  assertEquals(await page.happened(), starts(3));
  await page.report(done);
  void page.runner.run(second);
  assertEquals(await page.happened(), starts(2));
  await page.report(done);
  assertEquals(page.workers.length, 1);
});

Deno.test("what a cell reports is shown in order, until it has ended", async () => {
  const page = new TestPage();
  void page.runner.run(page.cells[0]);
  await page.happened();
  const [worker] = page.workers;
  const reports: Report[] = [
    { type: "output", output: output("slow"), display: "d" },
    { type: "output", output: output("fast") },
    { type: "update", output: output("again"), display: "d" },
    done,
    { type: "output", output: output("too late") },
  ];
  for (const report of reports) worker.send(report);
  await page.happened().then((first) => page.log.push(...first));
  assertEquals(await page.happened(), [
    "cell 1: shows slow as d",
    "cell 1: shows fast as none",
    "cell 1: updates d with again",
  ]);
});

Deno.test("after a cell that fails nothing runs, and it runs again before the next one", async () => {
  const page = new TestPage(), third = page.cells[2];
  void page.runner.run(third);
  await page.happened();
  await page.report(done);
  assertEquals(await page.report(failed({ message: "Error: no" })), ["cell 2: fails: Error: no"]);
  assertEquals(page.busy, []);
  void page.runner.run(third);
  assertEquals(await page.happened(), starts(2));
  // A cell that has run, and fails now, has not run.
  await page.report(done);
  await page.report(done);
  void page.runner.run(page.cells[1]);
  await page.happened();
  await page.report(failed({ message: "Error: no" }));
  void page.runner.run(third);
  assertEquals(await page.happened(), starts(2));
});

Deno.test("an error that nothing has caught ends the worker: who knows what goes on in there", async () => {
  const page = new TestPage(), [first, second] = page.cells;
  void page.runner.run(second);
  await page.happened();
  assertEquals(await page.report(done), starts(2));
  const failure = { message: "Error: late", place: { file: "a-1.ts", line: 1, column: 5 } };
  assertEquals(await page.report({ type: "uncaught", failure }), [
    "cell 2: fails: Error: late (line 1, column 5 of cell 1)",
    "worker 1 ends",
  ]);
  assertEquals(page.busy, []);
  void page.runner.run(first);
  assertEquals(await page.happened(), starts(1, 2));
  assertEquals(await page.report(done, page.workers[0]), []);
  assertEquals(page.busy, [1]);
});

Deno.test("an output that cannot be shown says so, and what comes after it is shown", async () => {
  const page = new TestPage();
  void page.runner.run(page.cells[1]);
  await page.happened();
  assertEquals(await page.report({ type: "output", output: output("broken") }), [
    "cell 1: fails: an output cannot be shown: no such type",
  ]);
  assertEquals(await page.report({ type: "output", output: output("fast") }), [
    "cell 1: shows fast as none",
  ]);
  assertEquals(await page.report(done), starts(2));
});

Deno.test("a failure shows the line that it is in, or says of which cell it is", async () => {
  const page = new TestPage();
  const fails = async (failure: Failure) => {
    void page.runner.run(page.cells[0]);
    await page.happened();
    return (await page.report(failed(failure))).join("\n");
  };
  const message = "Error: no";
  assertEquals(
    await fails({ message, place: { file: "a-1.ts", line: 2, column: 3 } }),
    "cell 1: fails: Error: no (line 2, column 3)\n  two of 1;\n  ▲",
  );
  assertEquals(
    await fails({ message, place: { file: "a-1.ts", line: 1, column: 1 } }),
    "cell 1: fails: Error: no (line 1, column 1)\none of 1;\n▲",
  );
  assertEquals(
    await fails({ message, place: { file: "a-3.ts", line: 1, column: 5 } }),
    "cell 1: fails: Error: no (line 1, column 5 of cell 3)",
  );
});

Deno.test("stopping ends the worker: what was declared is gone, and what waited does not run", async () => {
  const page = new TestPage(), third = page.cells[2];
  void page.runner.run(third);
  await page.happened();
  await page.report(done);
  page.runner.stop();
  assertEquals(page.busy, []);
  assertEquals(await page.happened(), [
    "worker 1 ends",
    "cell 2: clear",
    `cell 2: notes: ${stopped}`,
  ]);
  assertEquals(await page.report(done), []);
  void page.runner.run(third);
  assertEquals(await page.happened(), starts(1, 2));
  assertEquals(await page.report(done), starts(2, 2));
  // What the first worker still sends about this cell is of no interest.
  assertEquals(await page.report({ type: "output", output: output("x") }, page.workers[0]), []);
  assertEquals(await page.report(done), starts(3, 2));
  page.runner.stop();
  await page.happened();
  page.runner.stop();
  assertEquals(await page.happened(), []);
});

Deno.test("another run stops the one before it; its outputs are not shown", async () => {
  const page = new TestPage(), [first, , third] = page.cells;
  void page.runner.run(third);
  await page.happened();
  void page.runner.run(first);
  assertEquals(page.busy, [1]);
  assertEquals(await page.happened(), [
    "worker 1 ends",
    "cell 1: clear",
    `cell 1: notes: ${stopped}`,
    ...starts(1, 2),
  ]);
  await page.report(done);
  assertEquals(page.busy, []);
  assertEquals(page.log, []);
});

Deno.test("running from the top forgets what has run", async () => {
  const page = new TestPage(), second = page.cells[1];
  void page.runner.runUpTo(second);
  assertEquals(await page.happened(), starts(1));
  await page.report(done);
  await page.report(done);
  void page.runner.runUpTo(second);
  assertEquals(await page.happened(), ["worker 1 ends", ...starts(1, 2)]);
});

Deno.test("a worker that cannot be loaded is a failure, and the next run starts another", async () => {
  const page = new TestPage();
  void page.runner.run(page.cells[1]);
  await page.happened();
  let prevented = false;
  page.workers[0].onerror!.call(
    null!,
    { preventDefault: () => prevented = true } as unknown as ErrorEvent,
  );
  assertEquals(await page.happened(), [
    "cell 1: fails: The page could not load the code that runs its cells. Reload it.",
    "worker 1 ends",
  ]);
  assertEquals([prevented, page.busy], [true, []]);
  void page.runner.run(page.cells[0]);
  assertEquals(await page.happened(), starts(1, 2));
});
