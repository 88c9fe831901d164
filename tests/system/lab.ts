// What JupyterLab, as `deno task lab` starts it, answers to strangers: to other pages in the same
// browser, to other people on the network, to whoever has no token. And whom it asks: nobody.
// Needs permissions and Python: deno test -A tests/system/lab.ts
import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "node:path";

const root = join(import.meta.dirname!, "..", "..");
const process = new Deno.Command(Deno.execPath(), {
  args: ["run", "--quiet", "-A", "tools/lab.ts", "--no-browser", "--port=0"],
  cwd: root,
  stdin: "null",
  stdout: "piped",
  stderr: "piped",
}).spawn();

/** The address of JupyterLab, with its token. */
async function started(): Promise<URL> {
  let printed = "";
  for await (const text of process.stderr.pipeThrough(new TextDecoderStream())) {
    printed += text;
    const [url] = /http:\/\/127\.0\.0\.1:\S+token=\w+(?=\s)/.exec(printed) ?? [];
    if (url !== undefined) return new URL(url);
  }
  throw new Error(`deno task lab ended:\n${printed}`);
}

const { origin, port, searchParams } = await started();
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
  const { stdout } = new Deno.Command("python3", {
    args: [
      "-c",
      `
import os
for line in open("/proc/net/tcp").readlines()[1:] + open("/proc/net/tcp6").readlines()[1:]:
    address, state = line.split()[1], line.split()[3]
    host, port = address.split(":")
    if state == "0A" and int(port, 16) == ${port}: print(host)
`,
    ],
  }).outputSync();
  assertEquals(new TextDecoder().decode(stdout), "0100007F\n"); // 127.0.0.1
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
  assertEquals(JSON.parse(text).specs ?? {}, {});
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
