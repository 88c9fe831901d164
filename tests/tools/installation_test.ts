// What is set up on other people's machines is set up by the commands that CI runs, so that it
// cannot break without CI breaking, too.
import { assert, assertEquals, assertMatch } from "@std/assert";
import postBuild from "../../.binder/postBuild" with { type: "text" };
import install from "../../.ci/install" with { type: "text" };
import run from "../../.ci/run" with { type: "text" };
import container from "../../.devcontainer/devcontainer.json" with { type: "json" };
import ci from "../../.github/workflows/ci.yml" with { type: "text" };
import pages from "../../.github/workflows/pages.yml" with { type: "text" };
import deno from "../../deno.json" with { type: "json" };
import jupyter from "../../tools/jupyter.ts" with { type: "text" };

/** The lines of a shell script that are no comment. */
function commands(script: string): string[] {
  return script.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
}

/** What a workflow runs, without the dashes and without `run:`. */
function runs(workflow: string): string[] {
  return [...workflow.matchAll(/^ *- run: (.*)$/gm)].map(([, command]) => command);
}

Deno.test("CI, the devcontainer and Binder install with the same script", () => {
  assert(commands(run).includes(".ci/install chromium || exit 1"));
  // The image has no Git, and no certificates for it.
  assertEquals(container.postCreateCommand, ".ci/install chromium git ca-certificates");
  assert(commands(postBuild).includes(".ci/install"));
  assertEquals(runs(ci), [".ci/run"]);
  for (const script of [run, postBuild, ci, pages, JSON.stringify(container)]) {
    assert(!/apt(-get)? |pip3? |(npm|conda|deno) (add|ci|i|install)\b/.test(script), script);
  }
});

Deno.test("CI and the devcontainer have the same image, named by its digest", () => {
  const [, image] = /container: (debian:\w+@sha256:[0-9a-f]{64})\n/.exec(ci)!;
  assertEquals(container.image, image);
});

Deno.test("what CI runs is pinned: actions by commit, Deno by version", () => {
  const actions = [...(ci + pages).matchAll(/uses: (.*)/g)].map(([, action]) => action);
  assert(actions.length >= 5);
  for (const action of actions) {
    assertMatch(action, /^actions\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  }
  const versions = (install + run + ci + pages).match(/npx --yes deno[^\s"]*/g)!;
  assertEquals(new Set(versions).size, 1);
  assertMatch(versions[0], /^npx --yes deno@\d+\.\d+\.\d+$/);
});

Deno.test("a workflow may do no more than it must", () => {
  const permissions = (workflow: string) => /^permissions:\n((?: {2}.*\n)+)/m.exec(workflow)?.[1];
  assertEquals(permissions(ci), "  contents: read\n");
  assertEquals(permissions(pages), "  contents: read\n  id-token: write\n  pages: write\n");
  for (const workflow of [ci, pages]) {
    assertEquals(workflow.match(/permissions:/g)?.length, 1);
    // What runs after the checkout shall not find the token that could push.
    assertEquals(
      workflow.match(/persist-credentials: false/g)?.length,
      workflow.match(/uses: actions\/checkout@/g)?.length,
    );
    assert(!/pull_request_target|secrets\./.test(workflow));
  }
});

Deno.test("Binder and the devcontainer find the kernel where the install script leaves it", () => {
  assert(commands(install).includes("$deno task lab --version"));
  assert(jupyter.includes('settings = join(root, ".jupyter")'));
  assert(jupyter.includes('join(settings, "kernels", "deno", "kernel.json")'));
  assert(postBuild.includes("jupyter kernelspec install --user .jupyter/kernels/deno\n"));
  assertEquals(container.remoteEnv.JUPYTER_PATH, "${containerWorkspaceFolder}/.jupyter");
});

Deno.test("GitHub Pages gets what deno task site writes, once the site's tests have passed", () => {
  assertEquals(runs(pages), [
    "npx --yes deno@2.9.6 task --cwd tools/site ok",
    'npx --yes deno@2.9.6 task site "$REPOSITORY" --address "$ADDRESS"',
  ]);
  const [, repository] = /^ *REPOSITORY: (.*)$/m.exec(pages)!;
  assertEquals(repository, "${{ github.server_url }}/${{ github.repository }}");
  const [, step] = /^ *ADDRESS: \$\{\{ steps\.(\w+)\.outputs\.base_url \}\}$/m.exec(pages)!;
  assertMatch(pages, new RegExp(`uses: actions/configure-pages@.*\n *id: ${step}\n`));
  const [, folder] = / -W=(\S+) /.exec(deno.tasks.site.command)!;
  assertEquals(/^ *path: (.*)$/m.exec(pages)?.[1], folder);
});
