// Node's prose checkers over the same messages, each in a process of its own: node peers.mjs TOOL MESSAGES
import { readFileSync } from "node:fs";

const PASSES = 6;
const [tool, path] = process.argv.slice(2);
const messages = readFileSync(path, "utf8").trim().split("\n").map((line) => JSON.parse(line).text);

const tools = {
  async "write-good"() {
    const check = (await import("write-good")).default;
    return { rules: 8, check: async (text) => check(text).length };
  },
  async alex() {
    const { text: check } = await import("alex");
    return { rules: 425, check: async (text) => check(text).messages.length };
  },
  async harper() {
    const { LocalLinter } = await import("harper.js");
    const { binary } = await import("harper.js/binary");
    const linter = new LocalLinter({ binary });
    await linter.setup();
    const rules = Object.keys(await linter.getLintConfig()).length;
    return { rules, check: async (text) => (await linter.lint(text)).length };
  },
};

const cpu = () => { const used = process.cpuUsage(); return (used.user + used.system) / 1e6; };
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

const { rules, check } = await tools[tool]();
const passes = [];
let hits = 0;
for (let pass = 0; pass < PASSES; pass++) {
  const start = cpu();
  hits = 0;
  for (const text of messages) hits += await check(text);
  passes.push(cpu() - start);
}
const each = [];
for (const text of messages) {
  const start = cpu();
  await check(text);
  each.push((cpu() - start) * 1000);
}
const seconds = median(passes.slice(1));
const bytes = messages.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
console.log(JSON.stringify({
  tool,
  rules,
  messages_per_second: messages.length / seconds,
  megabytes_per_second: bytes / seconds / 1e6,
  first_pass_per_second: messages.length / passes[0],
  p50_ms: median(each),
  p99_ms: [...each].sort((a, b) => a - b)[Math.floor(each.length * 0.99)],
  peak_mb: process.resourceUsage().maxRSS / 1024,
  hits,
}));
process.exit(0);
