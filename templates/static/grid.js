// The comforts of the grid in which people score: keys, saving as one types, and nothing lost while the line is down.

const form = document.querySelector("form.grid[data-draft]");
if (form && !form.querySelector("fieldset:disabled")) work(form);

function work(form) {
  const cells = [...form.querySelectorAll("td[data-criterion]")].map((td) => ({
    td,
    key: `${td.dataset.criterion}:${td.dataset.vendor}`,
    criterion: td.dataset.criterion,
    vendor: td.dataset.vendor,
    score: td.querySelector("input.score"),
    state: td.querySelector("select"),
    reason: td.querySelector("textarea"),
  }));
  const byKey = new Map(cells.map((cell) => [cell.key, cell]));
  const said = document.getElementById("saved");
  const revisionField = form.elements.revision;
  // The draft of one person about one evaluation, and of no other: the address says both.
  const shelf = `scorecard draft ${form.dataset.draft}`;

  /** What stands in a cell, as it is sent. */
  const read = (cell) => {
    const parts = [cell.score?.value.trim(), cell.state.value].filter(Boolean);
    return { score: parts.join(" "), reason: cell.reason.value };
  };
  // A comma is a point here, as it is for the service.
  const plain = (score) => score.replace(/^(\d+),(\d+)$/, "$1.$2");
  const same = (one, other) => plain(one.score) === plain(other.score) && one.reason.trim() === other.reason.trim();
  const write = (cell, typed) => {
    const isWord = [...cell.state.options].some((option) => option.value && option.value === typed.score);
    cell.state.value = isWord ? typed.score : "";
    if (cell.score) cell.score.value = isWord ? "" : typed.score;
    cell.reason.value = typed.reason;
  };

  // What the service has, as far as this page knows.
  let revision = Number(revisionField.value);
  const saved = new Map(cells.map((cell) => [cell.key, read(cell)]));
  const dirty = () => cells.filter((cell) => !same(read(cell), saved.get(cell.key)));

  const tell = (text, kind) => {
    said.textContent = text;
    said.className = kind;
  };
  const clock = () => new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });

  /** Keeps in this browser what the service does not have yet. */
  function shelve() {
    const typed = dirty().map((cell) => ({ key: cell.key, typed: read(cell), over: saved.get(cell.key) }));
    try {
      if (typed.length) localStorage.setItem(shelf, JSON.stringify({ revision, typed }));
      else localStorage.removeItem(shelf);
      return true;
    } catch {
      return false;
    }
  }

  // Saving.
  let isSaving = false;
  let isDisputed = false;
  let waiting = 0;
  let tries = 0;

  const soon = (after) => {
    clearTimeout(waiting);
    waiting = setTimeout(save, after);
  };

  const headers = { "Content-Type": "application/json", Accept: "application/json" };

  async function save() {
    clearTimeout(waiting);
    const changed = dirty();
    if (isSaving || isDisputed) return;
    if (!changed.length) {
      shelve();
      return;
    }
    isSaving = true;
    tell("Saving…", "");
    const sent = changed.map((cell) => [cell, read(cell)]);
    const body = JSON.stringify({
      revision,
      cells: sent.map(([cell, typed]) => ({ criterion: cell.criterion, vendor: cell.vendor, ...typed })),
    });
    const answer = await fetch(form.dataset.draft, { method: "PUT", headers, body }).catch(() => null);
    const grid = await answer?.json().catch(() => null);
    isSaving = false;
    if (answer?.ok && grid) {
      tries = 0;
      for (const [cell, typed] of sent) saved.set(cell.key, typed);
      take(grid);
      shelve();
      tell(`Saved ${clock()}.`, "kept");
      if (dirty().length) soon(300);
      return;
    }
    if (answer?.status === 409 && grid?.code === "draft-changed") return settle();
    const kept = shelve() ? "kept in this browser" : "and this browser cannot keep it: leave the page open";
    if (!answer || answer.status >= 500) {
      const seconds = Math.min(60, 2 ** ++tries);
      tell(`Not saved: no connection; ${kept}, trying again.`, "trouble");
      soon(seconds * 1000);
      return;
    }
    const why = grid?.problems?.map((one) => one.message).join(" ") || grid?.detail || `the service answers ${answer.status}`;
    tell(`Not saved, ${kept}: ${why}`, "trouble");
  }

  /** Takes from an answer what it says of the whole grid: revision, counts, and what is wrong. */
  function take(grid) {
    revision = grid.revision;
    revisionField.value = String(revision);
    document.getElementById("scored").textContent = String(grid.scored);
    document.getElementById("unfiled").textContent = String(grid.unfiled);
    for (const told of grid.cells) {
      const cell = byKey.get(`${told.criterion}:${told.vendor}`);
      if (!cell) continue;
      cell.td.classList.toggle("unfiled", told.unfiled);
      blame(cell, told.problem);
    }
  }

  /** Says beside a field what is wrong with it; what was said before goes. */
  function blame(cell, problem) {
    const before = cell.td.querySelector(".mistake");
    if (before?.textContent === problem?.message) return;
    cell.td.querySelectorAll(".mistake").forEach((one) => one.remove());
    for (const field of [cell.score ?? cell.state, cell.reason]) {
      field.removeAttribute("aria-invalid");
      const about = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => /^judged-/.test(id));
      if (about.length) field.setAttribute("aria-describedby", about.join(" "));
      else field.removeAttribute("aria-describedby");
    }
    if (!problem) return;
    const field = problem.field === "reason" ? cell.reason : (cell.score ?? cell.state);
    const line = document.createElement("p");
    line.className = "mistake";
    line.id = `wrong-${field.id}`;
    line.textContent = problem.message;
    (problem.field === "reason" ? cell.reason : cell.td.querySelector(".pair")).before(line);
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${line.id}`.trim());
  }

  // Another window.
  /** Looks at what another window saved: what was not touched here is taken over, and nothing that was typed is. */
  async function settle() {
    const answer = await fetch(form.dataset.draft, { headers }).catch(() => null);
    const grid = answer?.ok ? await answer.json().catch(() => null) : null;
    if (!grid) {
      shelve();
      tell("Not saved: another window has saved, and the service does not answer; kept in this browser, trying again.", "trouble");
      soon(3000);
      return;
    }
    compare(grid, (cell) => saved.get(cell.key));
  }

  function compare(grid, over) {
    const disputed = [];
    let taken = 0;
    for (const told of grid.cells) {
      const cell = byKey.get(`${told.criterion}:${told.vendor}`);
      if (!cell) continue;
      const theirs = { score: told.score.trim(), reason: told.reason };
      const mine = read(cell);
      const base = over(cell);
      if (same(mine, base) && !same(theirs, mine)) {
        write(cell, theirs);
        taken += 1;
      } else if (!same(mine, theirs) && !same(base, theirs)) {
        disputed.push({ cell, mine, theirs });
      }
      saved.set(cell.key, theirs);
    }
    take(grid);
    if (disputed.length) ask(disputed);
    else {
      tell(taken ? `Taken over from another window: ${taken}.` : `Saved ${clock()}.`, "kept");
      if (dirty().length) soon(taken ? 1500 : 10);
      else shelve();
    }
  }

  /** Asks which of two holds; until then nothing is saved. */
  function ask(disputed) {
    isDisputed = true;
    shelve();
    tell("Not saved: another window has saved something else. Say above which holds.", "trouble");
    const box = document.createElement("div");
    box.className = "callout bad differ";
    box.setAttribute("role", "alert");
    box.tabIndex = -1;
    const heading = document.createElement("h2");
    heading.textContent = "Another window has saved something else meanwhile";
    const list = document.createElement("ul");
    const words = (typed) => [typed.score || "no score", typed.reason.trim() && `(${typed.reason.trim()})`].filter(Boolean).join(" ");
    for (const { cell, mine, theirs } of disputed) {
      const line = document.createElement("li");
      line.textContent = `${cell.criterion}, ${cell.vendor}: typed here ${words(mine)}; saved there ${words(theirs)}`;
      list.append(line);
    }
    const actions = document.createElement("p");
    actions.className = "actions";
    const button = (text, done) => {
      const one = document.createElement("button");
      one.type = "button";
      one.className = "second";
      one.textContent = text;
      one.addEventListener("click", () => {
        done();
        isDisputed = false;
        box.remove();
        save();
        if (!dirty().length) tell("Taken over from the other window.", "kept");
      });
      actions.append(one);
    };
    button("Keep what is typed here", () => {});
    button("Take what was saved there", () => disputed.forEach(({ cell, theirs }) => write(cell, theirs)));
    box.append(heading, list, actions);
    form.before(box);
    box.focus();
  }

  // Undo.
  const past = [];
  const undo = document.getElementById("undo");
  undo.hidden = false;
  const atFocus = new Map();
  const remember = (cell) => {
    const before = atFocus.get(cell.key);
    if (before && !same(before, read(cell))) {
      past.push([cell, before]);
      atFocus.set(cell.key, read(cell));
    }
    undo.disabled = !past.length;
  };
  undo.disabled = true;
  undo.addEventListener("click", () => {
    const last = past.pop();
    if (!last) return;
    const [cell, before] = last;
    write(cell, before);
    atFocus.set(cell.key, before);
    show(cell);
    (cell.score ?? cell.state).focus();
    undo.disabled = !past.length;
    save();
  });

  // Typing.
  const cellOf = (element) => {
    const td = element.closest?.("td[data-criterion]");
    return td && byKey.get(`${td.dataset.criterion}:${td.dataset.vendor}`);
  };
  form.addEventListener("focusin", (event) => {
    const cell = cellOf(event.target);
    if (!cell) return;
    atFocus.set(cell.key, read(cell));
    if (event.target === cell.score) cell.score.select();
  });
  form.addEventListener("input", (event) => {
    const cell = cellOf(event.target);
    if (!cell) return;
    // A score and a word cannot both be meant: the one that was given last is.
    if (event.target === cell.score && cell.score.value) cell.state.value = "";
    if (event.target === cell.state && cell.state.value && cell.score) cell.score.value = "";
    shelve();
    soon(800);
  });
  form.addEventListener("change", (event) => {
    const cell = cellOf(event.target);
    if (!cell) return;
    remember(cell);
    save();
  });

  /** Another cell of the same kind of field. */
  const goTo = (cell, rows, columns) => {
    const tr = cell.td.parentElement;
    const all = [...form.querySelectorAll("tr:has(td[data-criterion])")];
    const row = all[all.indexOf(tr) + rows];
    const column = [...tr.querySelectorAll("td")].indexOf(cell.td) + columns;
    const td = row?.querySelectorAll("td")[column];
    const field = td && !td.hidden && td.querySelector(".score");
    field?.focus();
    return Boolean(field);
  };
  form.addEventListener("keydown", (event) => {
    const cell = cellOf(event.target);
    if (!cell || event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
    const isScore = event.target === cell.score;
    if (event.key === "Escape") {
      const before = atFocus.get(cell.key);
      if (before) write(cell, before);
      shelve();
      soon(10);
      event.preventDefault();
      return;
    }
    if (!isScore) return;
    const { selectionStart: from, selectionEnd: to, value } = cell.score;
    const isAll = from === 0 && to === value.length;
    const moves = {
      Enter: () => goTo(cell, event.shiftKey ? -1 : 1, 0),
      ArrowDown: () => goTo(cell, 1, 0),
      ArrowUp: () => goTo(cell, -1, 0),
      ArrowLeft: () => (isAll || to === 0) && goTo(cell, 0, -1),
      ArrowRight: () => (isAll || from === value.length) && goTo(cell, 0, 1),
    };
    const went = moves[event.key]?.();
    // Enter in a field would send the form.
    if (went || event.key === "Enter") event.preventDefault();
  });
  document.getElementById("keys").hidden = false;

  // One vendor at a time on a phone.
  const vendors = [...new Set(cells.map((cell) => cell.vendor))];
  let current = 0;
  const bar = document.createElement("div");
  bar.className = "turn-vendor";
  const name = document.createElement("strong");
  name.setAttribute("aria-live", "polite");
  const turn = (text, by) => {
    const one = document.createElement("button");
    one.type = "button";
    one.className = "second";
    one.textContent = text;
    one.setAttribute("aria-label", by < 0 ? "Previous vendor" : "Next vendor");
    one.addEventListener("click", () => {
      current = (current + by + vendors.length) % vendors.length;
      lay();
    });
    return one;
  };
  bar.append(turn("←", -1), name, turn("→", 1));
  if (vendors.length > 1) form.querySelector(".scroll").before(bar);
  const narrow = matchMedia("(max-width: 44rem)");
  function lay() {
    name.textContent = `${vendors[current]} (${current + 1} of ${vendors.length})`;
    for (const cell of cells) cell.td.hidden = narrow.matches && cell.vendor !== vendors[current];
  }
  function show(cell) {
    current = Math.max(0, vendors.indexOf(cell.vendor));
    lay();
  }
  narrow.addEventListener("change", lay);
  // A link to a cell of another vendor brings it up.
  addEventListener("hashchange", () => {
    const cell = cellOf(document.getElementById(decodeURIComponent(location.hash.slice(1))) ?? form);
    if (cell) show(cell);
  });
  lay();

  // What this browser still keeps from before.
  function unshelve() {
    let kept = null;
    try {
      kept = JSON.parse(localStorage.getItem(shelf));
    } catch {
      return;
    }
    if (!Array.isArray(kept?.typed) || form.hasAttribute("data-conflict")) return;
    const disputed = [];
    for (const { key, typed, over } of kept.typed) {
      const cell = byKey.get(key);
      if (!cell || !typed || !over) continue;
      const theirs = saved.get(key);
      if (same(typed, theirs)) continue;
      write(cell, typed);
      if (!same(over, theirs)) disputed.push({ cell, mine: typed, theirs });
    }
    if (disputed.length) ask(disputed);
    else if (dirty().length) {
      tell("Kept in this browser from before; saving.", "");
      save();
    } else shelve();
  }
  unshelve();

  addEventListener("online", () => {
    tries = 0;
    save();
  });
  form.addEventListener("submit", (event) => {
    shelve();
    clearTimeout(waiting);
    // Two answers at once would dispute each other: the form carries everything itself.
    isDisputed = true;
    setTimeout(() => (isDisputed = false), 4000);
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, 4000);
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
}
