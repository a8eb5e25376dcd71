// Files dropped anywhere, and what shows while they are on their way. Without this a form sends them as it always did.

const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");

/** Where the sheets of the evaluation that is shown go. */
function sheetsOfThis() {
  const home = location.pathname.match(/^\/evaluations\/[^/]+/);
  return home && `${home[0]}/sheets`;
}

/** The form that a drop is for: the one it falls on, the one for sheets, or the only one. */
function formFor(target) {
  const forms = [...document.querySelectorAll("form.upload")];
  const sheets = sheetsOfThis();
  return target.closest?.("form.upload") ?? forms.find((form) => form.getAttribute("action") === sheets) ?? (forms.length === 1 ? forms[0] : null);
}

/** What a drop would do, over the whole page while something is dragged. */
function overlay(text) {
  const over = document.createElement("div");
  over.className = "over";
  const words = document.createElement("p");
  words.textContent = text;
  over.append(words);
  return over;
}

/** Takes files that are dropped anywhere; `shown` is told of a page that came back. */
export function takeDrops(shown) {
  let over = null;
  const lift = () => {
    over?.remove();
    over = null;
  };
  addEventListener("dragover", (event) => {
    if (!carriesFiles(event) || document.querySelector("dialog[open]")) return;
    const form = formFor(event.target);
    if (!form && !sheetsOfThis()) return;
    event.preventDefault();
    if (over) return;
    over = overlay(form ? "Drop to choose it here; nothing is sent yet" : "Drop to see how it is read; nothing is stored before you file it");
    document.body.append(over);
  });
  addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) lift();
  });
  addEventListener("drop", (event) => {
    lift();
    if (!carriesFiles(event)) return;
    const form = formFor(event.target);
    const address = sheetsOfThis();
    if (!form && !address) return;
    event.preventDefault();
    if (form) {
      const field = form.querySelector("input[type=file]");
      field.files = event.dataTransfer.files;
      field.focus();
      field.scrollIntoView({ block: "center" });
    } else {
      const data = new FormData();
      for (const file of event.dataTransfer.files) data.append("file", file);
      send(address, data, shown);
    }
  });
}

/** Sends a form of files with a bar that shows how far it is, and a way to stop it. */
export function showProgress(form, shown) {
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    send(form.action, new FormData(form, event.submitter), shown);
  });
}

function send(address, data, shown) {
  const names = data.getAll("file").map((file) => file.name).join(", ");
  const request = new XMLHttpRequest();
  const sending = progress(names, () => request.abort());
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) sending.says(event.loaded, event.total);
  });
  request.upload.addEventListener("load", () => sending.tells(`${names} is there and is being read.`));
  request.addEventListener("load", () => {
    sending.close();
    put(request, address, shown);
  });
  request.addEventListener("abort", () => sending.close());
  request.addEventListener("error", () => sending.tells("The service does not answer: nothing was sent. Close this and try again."));
  request.open("POST", address);
  request.send(data);
}

/** What lies over the page while files are sent. */
function progress(names, stop) {
  const dialog = document.createElement("dialog");
  dialog.innerHTML = `<h2 id="sending">Sending</h2><p role="status"></p><progress aria-labelledby="sending" max="100" value="0"></progress><p class="actions"><button type="button" class="second">Cancel</button></p>`;
  dialog.setAttribute("aria-labelledby", "sending");
  const [told, bar, button] = ["[role=status]", "progress", "button"].map((one) => dialog.querySelector(one));
  told.textContent = names;
  const close = () => dialog.remove();
  const cancel = () => {
    stop();
    close();
  };
  button.addEventListener("click", cancel);
  dialog.addEventListener("cancel", cancel);
  document.body.append(dialog);
  dialog.showModal();
  return {
    close,
    tells: (text) => (told.textContent = text),
    says: (sent, all) => {
      bar.value = Math.floor((sent / all) * 100);
      // Said aloud in quarters, or nobody would hear anything else.
      const quarter = Math.floor(bar.value / 25) * 25;
      if (told.dataset.said !== String(quarter)) told.textContent = `${names}: ${quarter}% sent`;
      told.dataset.said = String(quarter);
    },
  };
}

/** The most letters of an answer that the history of the browser is given to keep. */
const MOST = 4_000_000;
/** The answer to files that is shown, if one is. */
let answered = null;

/** Puts the page that came back in place of this one; it stays behind its address, also if that is loaded again. */
function put(request, address, shown) {
  const text = request.responseText;
  answered = text.length < MOST ? text : null;
  history.replaceState({ isBefore: true }, "");
  // A place of its own, so that a link to the page itself leads there.
  history.pushState({ answered }, "", `${(request.responseURL || address).split("#")[0]}#read`);
  if (!swap(text, shown)) location.reload();
}

/** What came back to files stands behind no address of its own: the history of the browser keeps it. */
export function keepAnswers(shown) {
  answered = history.state?.answered ?? null;
  if (answered) swap(answered, shown);
  addEventListener("popstate", ({ state }) => {
    if (state?.answered) {
      answered = state.answered;
      swap(answered, shown);
    } else if (state?.isBefore) {
      location.reload();
    } else if (answered) {
      // Another place on the same page.
      history.replaceState({ answered }, "");
    }
  });
}

/** Puts a page in place of this one; answers whether it is one. */
function swap(text, shown) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const main = page.querySelector("main");
  if (!main) return false;
  document.title = page.title;
  document.querySelector(".top").replaceWith(document.importNode(page.querySelector(".top"), true));
  document.querySelector("main").replaceWith(document.importNode(main, true));
  shown();
  document.querySelector("main").focus();
  scrollTo(0, 0);
  return true;
}
