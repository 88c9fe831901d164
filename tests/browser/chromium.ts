/**
 * The browser that the tests drive.
 *
 * @module
 */
import { type Browser, chromium } from "playwright-core";

const executablePath = Deno.env.get("CHROMIUM") ?? "/usr/bin/chromium";

/**
 * Starts Chromium without a window.
 *
 * @returns the browser; it is the caller's to close
 * @throws {Error} with what to install, when there is no Chromium
 */
export async function launchChromium(): Promise<Browser> {
  try {
    Deno.statSync(executablePath);
  } catch (cause) {
    throw new Error(
      `there is no ${executablePath}: on Debian run \`apt-get install chromium\`, elsewhere set ` +
        "CHROMIUM to the path of a Chromium or Chrome",
      { cause },
    );
  }
  return await chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
