// Everything from the checked code becomes text nodes; nothing is ever parsed as markup.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const byId = (id) => document.getElementById(id);
  const LEVELS = ["error", "warning", "note"];
  const AROUND = 2;

  function make(tag, className, ...children) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    node.append(...children.filter((child) => child !== null && child !== undefined));
    return node;
  }
  const plural = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;

  /** Text in which `code` between backticks is set as code. */
  function prose(tag, className, text) {
    const node = make(tag, className);
    text.split("`").forEach((part, index) => node.append(index % 2 ? make("code", "", part) : part));
    return node;
  }

  // Code.
  const TOKENS = new RegExp(
    String.raw`(?<c>\/\/.*|\/\*.*?(?:\*\/|$))|(?<s>"(?:[^"\\]|\\.)*"?|` + "`[^`]*`?" +
      String.raw`|'(?:[^'\\]|\\.)*'?)|(?<k>\b(?:break|case|chan|const|continue|default|defer|delete|else|fallthrough|for|func|go|goto|if|import|interface|make|map|nil|package|range|return|select|struct|switch|type|var)\b)|(?<n>\b\d[\w.]*)`,
    "gu");
  function colored(node, text) {
    let end = 0;
    for (const token of text.matchAll(TOKENS)) {
      node.append(text.slice(end, token.index));
      const kind = Object.keys(token.groups).find((name) => token.groups[name] !== undefined);
      node.append(make("span", kind, token[0]));
      end = token.index + token[0].length;
    }
    node.append(text.slice(end));
    return node;
  }
  function code(place, around) {
    const lines = data.lines[place.path] || {};
    const block = make("pre", "");
    block.tabIndex = 0;
    block.setAttribute("aria-label", `${place.path}, line ${place.line}`);
    for (let number = place.line - around; number <= place.line + around; number += 1) {
      const text = lines[number];
      if (text === undefined) continue;
      const row = make("span", "text");
      if (number === place.line) {
        const [start, end] = place.mark;
        colored(row, text.slice(0, start));
        row.append(colored(make("mark", ""), text.slice(start, end)));
        colored(row, text.slice(end));
      } else {
        colored(row, text);
      }
      block.append(make("div", number === place.line ? "here" : "", make("span", "number", String(number)), row));
    }
    return block;
  }
  const where = (place) => make("div", "path", `${place.path}:${place.line}:${place.column}`);

  // Two goroutines: time runs down, and the two accesses stand side by side.
  const LANES = ["one", "two"];
  function slot(lane, thread, row, rows, locks) {
    const at = row - (rows - thread.steps.length);
    const step = thread.steps[at];
    const node = make("div", `slot ${LANES[lane]}`);
    const track = make("div", "track", make("div", "life"));
    node.append(track);
    if (!step) {
      node.classList.add("before");
      // A goroutine whose start isn't told of is already there.
      if (thread.steps[0].kind !== "start") node.classList.add("running");
      return node;
    }
    const last = at === thread.steps.length - 1;
    node.classList.add("step", ...(at === 0 && (step.kind === "start" || row === 0) ? ["first"] : []), ...(last ? ["access"] : []));
    for (const lock of locks) {
      const bar = make("div", "bar");
      if (step.locks.includes(lock)) {
        bar.classList.add("held");
        if (at === 0 || !thread.steps[at - 1].locks.includes(lock)) bar.classList.add("from");
        if (last) {
          bar.classList.add("to");
          bar.append(make("span", "", lock));
        }
        bar.title = `holds ${lock}`;
      }
      track.append(bar);
    }
    if (!locks.length) {
      const bar = make("div", last ? "bar none" : "bar");
      if (last) {
        bar.append(make("span", "", "no lock"));
        bar.title = "no lock that protects the map";
      }
      track.append(bar);
    }
    const body = make("div", "", prose("div", "say", step.message), where(step), code(step, last ? AROUND : 0));
    node.append(make("div", last ? "body" : "body calm", body));
    return node;
  }
  const SVG = "http://www.w3.org/2000/svg";
  function bolt() {
    const icon = document.createElementNS(SVG, "svg");
    for (const [name, value] of [["viewBox", "0 0 24 24"], ["width", "22"], ["height", "22"], ["aria-hidden", "true"]]) {
      icon.setAttribute(name, value);
    }
    const shape = document.createElementNS(SVG, "path");
    shape.setAttribute("d", "M13 1 4 14h6l-2 9 10-14h-7z");
    shape.setAttribute("fill", "currentColor");
    icon.append(shape);
    return icon;
  }
  function meeting(threads) {
    const rows = Math.max(...threads.map((thread) => thread.steps.length));
    const locks = threads.map((thread) => [...new Set(thread.steps.flatMap((step) => step.locks))]);
    const same = JSON.stringify(threads[0]) === JSON.stringify(threads[1]);
    const grid = make("div", "meet");
    grid.setAttribute("role", "group");
    grid.setAttribute("aria-label", "Two goroutines side by side; time runs down");
    const title = (lane) =>
      make("div", `lane-title ${LANES[lane]}`, threads[lane].title,
        make("small", "", same && lane ? "the same code, on another goroutine at the same time" : `goroutine ${"AB"[lane]}`));
    grid.append(title(0), make("div", "axis top", "time ↓"), title(1));
    for (let row = 0; row < rows; row += 1) {
      grid.append(slot(0, threads[0], row, rows, locks[0]));
      if (row === rows - 1) {
        grid.append(make("div", "axis line clash", make("div", "", bolt(), "at the", make("br"), " same time")));
      } else {
        grid.append(make("div", "axis line"));
      }
      grid.append(slot(1, threads[1], row, rows, locks[1]));
    }
    const key = (kind, text) => make("span", "", make("i", kind), text);
    const legend = make("div", "legend", key("hit", "the map is touched"), key("held", "a lock is held"), key("none", "no lock protects the map"));
    return make("section", "", make("h3", "", "How they meet"), grid, legend);
  }

  function show(finding) {
    const detail = byId("detail");
    detail.replaceChildren();
    if (!finding) {
      detail.append(make("p", "empty", data.findings.length ? "No finding matches." : "No problems found."));
      return;
    }
    detail.append(
      make("div", "badges",
        make("span", `badge ${finding.level}`, finding.level),
        make("span", "", `${finding.rule} ${finding.name}`),
        make("span", "", `${finding.confidence} confidence`)),
      make("h2", "", finding.map || finding.name),
      prose("p", "message", finding.message));
    const threads = finding.threads.slice(0, 2);
    if (threads.length === 2) {
      detail.append(meeting(threads));
    } else {
      detail.append(make("section", "", make("h3", "", "Where"), where(finding.place), code(finding.place, AROUND + 1)));
    }
    if (finding.hint) {
      const hint = make("div", "hint", make("b", "", "How to fix: "), prose("span", "", finding.hint));
      if (finding.fix) {
        const command = `golint-maps check --fix${finding.fix.safe ? "" : " --unsafe-fixes"}`;
        hint.append(prose("div", "aside", `\`${command}\` does it: ${finding.fix.title}`));
      }
      detail.append(hint);
    }
    if (finding.related.length) {
      const others = make("div", "others calm");
      for (const place of finding.related) {
        others.append(make("div", "", prose("div", "say", place.message), where(place), code(place, 1)));
      }
      detail.append(make("section", "", make("h3", "", threads.length === 2 ? "Other places" : "Places that take part"), others));
    }
    detail.append(make("section", "aside", make("h3", "", "About the rule"),
      prose("p", "", data.rules[finding.rule] || ""),
      prose("p", "", `\`golint-maps explain ${finding.rule}\` tells more. To silence this one, say why beside it: \`//nolint:${finding.rule} // reason\``)));
    detail.scrollTop = 0;
  }

  // The list.
  const list = byId("list");
  const PAGE = 100;
  const items = new Map();
  function item(number) {
    if (items.has(number)) return items.get(number);
    const finding = data.findings[number];
    const node = make("li", finding.level,
      make("div", "top", make("span", "", finding.level), make("span", "", `${finding.rule} ${finding.name}`)),
      make("div", "what", finding.map || finding.message.slice(0, 120)),
      make("div", "where", make("bdi", "", `${finding.place.path}:${finding.place.line}`)));
    node.id = `item-${number}`;
    node.dataset.number = String(number);
    node.setAttribute("role", "option");
    node.setAttribute("aria-selected", "false");
    node.title = finding.message;
    items.set(number, node);
    return node;
  }
  const texts = data.findings.map((finding) =>
    [finding.rule, finding.name, finding.map, finding.message, finding.hint, finding.place.path, finding.place.line,
      ...finding.threads.map((thread) => thread.title)].join("\n").toLowerCase());
  let visible = [];
  let drawn = 0;
  let selected = -1;

  /** Put items into the list until `count` of the visible ones are there: a page at a time, as the reader gets there. */
  function draw(count) {
    if (count <= drawn) return;
    const end = Math.min(visible.length, Math.ceil(count / PAGE) * PAGE);
    list.append(...visible.slice(drawn, end).map(item));
    drawn = end;
  }
  list.addEventListener("scroll", () => {
    if (list.scrollTop + 2 * list.clientHeight > list.scrollHeight) draw(drawn + 1);
  });

  function select(number, focus) {
    if (selected >= 0) item(selected).setAttribute("aria-selected", "false");
    selected = number;
    if (number < 0) {
      list.removeAttribute("aria-activedescendant");
      show(null);
      return;
    }
    draw(visible.indexOf(number) + 1);
    item(number).setAttribute("aria-selected", "true");
    list.setAttribute("aria-activedescendant", item(number).id);
    item(number).scrollIntoView({ block: "nearest" });
    show(data.findings[number]);
    if (focus) history.replaceState(null, "", `#${data.findings[number].id}`);
  }
  function move(by) {
    if (!visible.length) return;
    const at = visible.indexOf(selected);
    select(visible[Math.max(0, Math.min(visible.length - 1, at + by))], true);
  }

  // Filters.
  const off = new Set();
  function filter() {
    const words = byId("search").value.toLowerCase().split(/\s+/).filter(Boolean);
    const rule = byId("rule").value;
    const part = byId("package").value;
    visible = [];
    data.findings.forEach((finding, number) => {
      const fits = !off.has(finding.level) && (!rule || finding.rule === rule) && (!part || finding.package === part.slice(1)) &&
        words.every((word) => texts[number].includes(word));
      if (fits) visible.push(number);
    });
    list.replaceChildren();
    drawn = 0;
    draw(1);
    const total = data.findings.length;
    byId("count").textContent = visible.length === total
      ? `${plural(total, "problem")} in ${plural(data.counts.files, "file")} of ${plural(data.counts.packages, "package")}`
      : `${visible.length.toLocaleString("en")} of ${plural(total, "problem")}`;
    select(visible.includes(selected) ? selected : visible.length ? visible[0] : -1, false);
  }
  function tally(key) {
    const counts = new Map();
    for (const finding of data.findings) counts.set(key(finding), (counts.get(key(finding)) || 0) + 1);
    return [...counts].sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));
  }
  function choices(node, all, rows) {
    for (const [value, text] of [["", all], ...rows]) {
      const option = make("option", "", text);
      option.value = value;
      node.append(option);
    }
    node.addEventListener("change", filter);
  }
  const names = new Map(data.findings.map((finding) => [finding.rule, finding.name]));
  choices(byId("rule"), "All rules", tally((finding) => finding.rule).map(([id, count]) => [id, `${id} ${names.get(id)} (${count})`]));
  choices(byId("package"), "All packages", tally((finding) => finding.package).map(([name, count]) => [`=${name}`, `${name} (${count})`]));
  const byLevel = new Map(tally((finding) => finding.level));
  for (const level of LEVELS) {
    const button = make("button", level, plural(byLevel.get(level) || 0, level));
    button.type = "button";
    button.setAttribute("aria-pressed", "true");
    button.addEventListener("click", () => {
      if (!off.delete(level)) off.add(level);
      button.setAttribute("aria-pressed", String(!off.has(level)));
      filter();
    });
    byId("levels").append(button);
  }
  byId("search").addEventListener("input", filter);

  // Keys: arrows or j and k move, Enter goes to the finding, / to the search, Escape back to the list.
  list.addEventListener("click", (event) => {
    const chosen = event.target.closest("li");
    if (chosen) select(Number(chosen.dataset.number), true);
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.closest("input, select");
    if (event.key === "Escape") {
      list.focus();
    } else if (typing) {
      return;
    } else if (event.key === "/") {
      byId("search").focus();
    } else if (event.key === "j" || (event.key === "ArrowDown" && event.target === list)) {
      move(1);
    } else if (event.key === "k" || (event.key === "ArrowUp" && event.target === list)) {
      move(-1);
    } else if (event.key === "Home" && event.target === list) {
      move(-visible.length);
    } else if (event.key === "End" && event.target === list) {
      move(visible.length);
    } else if (event.key === "Enter" && event.target === list) {
      byId("detail").focus();
    } else {
      return;
    }
    event.preventDefault();
  });

  // Light or dark: as the reader's system has it, until told otherwise.
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const paint = (on) => {
    document.documentElement.classList.toggle("dark", on);
    byId("theme").textContent = on ? "Light" : "Dark";
  };
  paint(dark.matches);
  dark.addEventListener("change", () => paint(dark.matches));
  byId("theme").addEventListener("click", () => paint(!document.documentElement.classList.contains("dark")));

  const trouble = [...data.problems, ...data.partly.map((path) => `${path}: partly read`)];
  if (trouble.length) {
    const box = make("details", "trouble", make("summary", "", `Not everything could be checked (${trouble.length})`));
    for (const text of trouble.slice(0, 200)) box.append(make("div", "mono", text));
    byId("count").before(box);
  }
  filter();
  const linked = data.findings.findIndex((finding) => `#${finding.id}` === location.hash);
  if (linked >= 0) select(linked, false);
  document.title = `golint-maps: ${plural(data.findings.length, "problem")}`;
})();
