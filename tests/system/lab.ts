// What JupyterLab, as `deno task lab` starts it, answers to strangers: other pages in the same browser,
// other people on the network, anyone without the token. That it contacts nobody, and that it leaves no
// process behind when it is killed.
// Needs permissions and Python: deno test -A tests/system/lab.ts
import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "node:path";
import { started, wait } from "./processes.ts";

const root = join(import.meta.dirname!, "..", "..");
const process = new Deno.Command(Deno.execPath(), {
  args: ["run", "--quiet", "-A", "tools/lab.ts", "--no-browser", "--port=0"],
  cwd: root,
  stdin: "null",
  stdout: "piped",
  stderr: "piped",
}).spawn();

const { origin, port, searchParams } = await started(process.stderr);
const token = searchParams.get("token")!;
const authorization = { Authorization: `token ${token}` };

/** The cookies of a browser whose owner has opened JupyterLab: requests of other pages carry them, too. */
async function cookies(): Promise<string> {
  const set = async (path: string, Cookie: string) => {
    const response = await fetch(`${origin}${path}`, { headers: { Cookie }, redirect: "manual" });
    await response.body?.cancel();
    return response.headers.getSetCookie().map((cookie) => cookie.split(";")[0]).join("; ");
  };
  const first = await set(`/lab?token=${token}`, "");
  return [first, await set("/lab", first)].filter((cookies) => cookies !== "").join("; ");
}

async function get(path: string, headers: Record<string, string> = authorization) {
  const response = await fetch(`${origin}${path}`, { headers });
  return { response, text: await response.text() };
}

Deno.test("without the token JupyterLab shows nothing and runs nothing", async () => {
  assertMatch(token, /^[\da-f]{48}$/);
  for (const path of ["/api/contents", "/api/kernels", "/api/terminals", "/files/README.md"]) {
    const { response } = await get(path, {});
    assert([403, 404].includes(response.status) || response.url.includes("/login"), path);
  }
  const { response } = await get("/api/contents", { Authorization: "token 0" });
  assertEquals(response.status, 403);
  assertEquals((await get("/api/contents")).response.status, 200);
});

Deno.test("other pages in the same browser can neither read nor start anything", async () => {
  const Cookie = await cookies();
  assertEquals((await get("/api/contents", { Cookie })).response.status, 200);
  const Origin = "https://example.org";
  // Whoever has the token may come from anywhere; whoever has but the cookies may not.
  const other = await get("/api/contents", { Cookie, Origin });
  assertEquals(other.response.headers.get("Access-Control-Allow-Origin"), null);
  // A form of another page can send the cookies, but does not know what stands in them.
  const post = async (headers: Record<string, string>) => {
    const response = await fetch(`${origin}/api/kernels`, { method: "POST", headers, body: "{}" });
    return { status: response.status, text: await response.text() };
  };
  const { status, text } = await post({ Cookie });
  assertEquals(status, 403);
  assertMatch(text, /_xsrf/);
  assertEquals(
    (await post({ Cookie, Origin, "X-XSRFToken": /_xsrf=([^;]+)/.exec(Cookie)![1] })).status,
    404,
  );
  assertEquals(JSON.parse((await get("/api/kernels")).text), []);
  const frame = await get("/lab", { Cookie });
  assertMatch(frame.response.headers.get("Content-Security-Policy")!, /frame-ancestors 'self'/);
  // A web socket is what runs code: it is opened for JupyterLab's own page alone.
  const socket = await get("/api/events/subscribe", {
    ...{ Cookie, Origin, Connection: "Upgrade", Upgrade: "websocket" },
    ...{ "Sec-WebSocket-Key": btoa("0123456789abcdef"), "Sec-WebSocket-Version": "13" },
  });
  assertEquals(socket.response.status, 403);
});

Deno.test("JupyterLab listens on this machine's own address alone", () => {
  const hosts = ["tcp", "tcp6"].flatMap((name) => {
    const [, ...sockets] = Deno.readTextFileSync(`/proc/net/${name}`).trimEnd().split("\n");
    return sockets.flatMap((socket) => {
      const [, address, , state] = socket.trim().split(/\s+/);
      const [host, hexadecimal] = address.split(":");
      return state === "0A" && parseInt(hexadecimal, 16) === Number(port) ? [host] : [];
    });
  });
  assertEquals(hosts, ["0100007F"]); // 127.0.0.1
});

Deno.test("JupyterLab has one kernel, asks for no news, extensions and language servers", async () => {
  const { default: first, kernelspecs } = JSON.parse((await get("/api/kernelspecs")).text);
  assertEquals([first, Object.keys(kernelspecs)], ["deno", ["deno"]]);
  const page = await get("/lab");
  const data = JSON.parse(/id="jupyter-config-data"[^>]*>([^]*?)<\/script>/.exec(page.text)![1]);
  assertEquals(data.extensionManager.name, "read-only");
  assertEquals(data.extensionManager.can_install, false);
  const settings = await get("/lab/api/settings/@jupyterlab/apputils-extension:notification");
  const { schema, settings: own } = JSON.parse(settings.text);
  assertEquals([schema.properties.fetchNews.default, own.fetchNews ?? "false"], ["false", "false"]);
  const { text } = await get("/lsp/status");
  assertEquals(JSON.parse(text).specs, {});
});

Deno.test("SIGHUP, which closing the terminal sends, stops JupyterLab as Ctrl-C does", async () => {
  process.kill("SIGHUP");
  await process.stdout.cancel();
  assertEquals((await process.status).code, 0);
  await fetch(origin).then(
    () => assert(false, "it still answers"),
    (error) => assert(error instanceof TypeError),
  );
});

/** A process and its descendants: the command of each, by its id. */
function family(pid: number): Map<number, string> {
  const { stdout } = new Deno.Command("ps", { args: ["-eo", "pid=,ppid=,stat=,args="] })
    .outputSync();
  const all = new TextDecoder().decode(stdout).trim().split("\n").map((line) => {
    const [, pid, parent, state, command] = /^ *(\d+) +(\d+) +(\S+) +(.*)$/.exec(line)!;
    return { pid: Number(pid), parent: Number(parent), state, command };
  }).filter(({ state }) => !state.startsWith("Z"));
  const found = new Map<number, string>();
  const add = (process: typeof all[number]) => {
    found.set(process.pid, process.command);
    all.filter(({ parent }) => parent === process.pid).forEach(add);
  };
  all.filter((process) => process.pid === pid).forEach(add);
  return found;
}

for (const name of ["deno task", "tools/lab.ts", "tools/lab/lab.py"]) {
  Deno.test(`when ${name} is killed, no process is left, and JupyterLab can start again`, async () => {
    const task = new Deno.Command(Deno.execPath(), {
      args: ["task", "lab", "--no-browser", "--port=0"],
      cwd: root,
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    }).spawn();
    const { origin, searchParams } = await started(task.stderr);
    const headers = { Authorization: `token ${searchParams.get("token")}` };
    const start = () => fetch(`${origin}/api/kernels`, { method: "POST", headers, body: "{}" });
    // It prints its address shortly before it listens.
    const response = await start().catch(() => wait(1).then(start));
    assertEquals(response.status, 201);
    await response.body?.cancel();

    const processes = family(task.pid);
    assertEquals(processes.size, 5, [...processes.values()].join("\n"));
    const [killed] = [...processes].find(([, command]) => command.includes(name))!;
    // A stopped kernel cannot exit by itself, like one in an endless loop.
    const [kernel] = [...processes].find(([, command]) => command.includes("jupyter --quiet"))!;
    Deno.kill(kernel, "SIGSTOP");
    Deno.kill(killed, "SIGKILL");
    const runs = (pid: number) => {
      try {
        return !/\) Z /.test(Deno.readTextFileSync(`/proc/${pid}/stat`));
      } catch {
        return false;
      }
    };
    const left = () => [...processes].filter(([pid]) => runs(pid));
    for (const start = performance.now(); performance.now() - start < 20_000;) {
      if (left().length === 0) break;
      await wait(0.1);
    }
    assertEquals(left(), []);
    await task.status;
  });
}
