// Makes architecture.svg of architecture.d2, one picture for light and dark.
import { readFile, writeFile } from "node:fs/promises";
import { D2 } from "@terrastruct/d2";

const here = (name) => new URL(name, import.meta.url);
const d2 = new D2();
const { diagram, renderOptions } = await d2.compile(await readFile(here("architecture.d2"), "utf8"));
await writeFile(here("architecture.svg"), await d2.render(diagram, renderOptions));
process.exit(); // d2's worker would keep the process
