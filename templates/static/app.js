// Makes the pages quicker to work with; each of them works without.

import { listenForKeys } from "./keys.js";
import { keepAnswers, showProgress, takeDrops } from "./uploads.js";

/** Sends a form once, however often its button is pressed. */
function sendOnce(form) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    // Disabled only after the browser has collected the fields, or the button's own value would be lost.
    setTimeout(() => {
      for (const button of form.querySelectorAll("button[type=submit], button:not([type])")) button.disabled = true;
    });
  });
}

/** A page that the browser brings back from its memory can be used again. */
function wake(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("button")) button.disabled = false;
}

const posting = () => document.querySelectorAll("form[method=post]:not([data-again], .upload)");
addEventListener("pageshow", (event) => {
  if (event.persisted) posting().forEach(wake);
});

/** What would be follows the sliders: the server says it anew, and its table takes the place of this one. */
function followSliders(form) {
  const shares = [...form.querySelectorAll("[data-share]")].map((row) => ({
    slider: row.querySelector("input[type=range]"),
    field: row.querySelector("input.percent"),
    told: row.querySelector(".hint > span"),
    before: row.dataset.share,
    siblings: row.closest("[data-siblings]"),
  }));
  const said = document.querySelector("#what-if-said");
  const number = (text) => Number(text.replace(",", "."));
  // As the page itself writes it.
  const hasComma = shares.some((share) => share.field.placeholder.includes(","));
  const written = (text) => (hasComma ? text.replace(".", ",") : text);
  let isAsking = false;
  let isWaiting = false;
  const address = () => {
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value.trim()) query.append(name, value);
    return query.size ? `${form.dataset.whatIf}?${query}` : form.dataset.whatIf;
  };
  /** One question at a time; whatever was moved meanwhile is asked next, and nothing in between. */
  const follow = async () => {
    isWaiting = isAsking;
    if (isAsking) return;
    isAsking = true;
    const begun = performance.now();
    const answer = await fetch(address()).catch(() => null);
    const text = await answer?.text().catch(() => null);
    isAsking = false;
    show(answer, text);
    document.documentElement.dataset.followed = String(performance.now() - begun);
    if (isWaiting) follow();
  };
  const show = (answer, text) => {
    const part = text && new DOMParser().parseFromString(text, "text/html");
    const then = part?.querySelector("#what-if");
    if (!then) {
      said.textContent = "The service does not answer: what stands here is from before.";
      said.classList.remove("heard");
      return;
    }
    document.querySelector("#what-if").replaceChildren(...then.childNodes);
    said.classList.add("heard");
    // Only this line is read out, and not the table with it.
    said.textContent = document.querySelector("#wrong, #what-if .headline")?.textContent ?? "";
    // What was refused is no state of the shares: they stay where they are.
    if (!answer.ok) return;
    for (const { slider, field, told, before } of shares) {
      const now = part.getElementById(`${field.id}-then`)?.value ?? before;
      field.placeholder = told.textContent = written(now);
      told.parentElement.hidden = Number(now) === Number(before);
      if (slider !== document.activeElement) slider.value = field.value ? number(field.value) : now;
    }
    history.replaceState(null, "", then.dataset.address);
  };
  for (const share of shares) {
    share.slider.hidden = false;
    share.slider.addEventListener("input", () => {
      share.field.value = written(String(Math.round(share.slider.value * 10) / 10));
      const beside = shares.filter((one) => one.siblings === share.siblings && one !== share);
      const sum = beside.reduce((all, one) => all + number(one.field.value), number(share.field.value));
      // Those beside it give way: somebody has to take what is left.
      if (sum > 100 || beside.every((one) => one.field.value)) for (const one of beside) one.field.value = "";
      follow();
    });
  }
  form.addEventListener("change", (event) => {
    if (event.target.matches("input[type=checkbox], input.percent")) follow();
  });
}

/** A text is copied by a button beside it. */
function copyBeside(button) {
  const field = document.getElementById(button.dataset.copy);
  button.hidden = !field;
  button.addEventListener("click", async () => {
    field.select();
    const copied = await navigator.clipboard?.writeText(field.value).then(() => true, () => false);
    button.textContent = copied ? "Copied" : "Selected: copy it with Ctrl+C";
  });
}

/** Makes a page that is shown work, also one that came in place of another. */
function begin() {
  posting().forEach(sendOnce);
  document.querySelectorAll("form.upload").forEach((form) => showProgress(form, begin));
  document.querySelectorAll("form[data-what-if]").forEach(followSliders);
  document.querySelectorAll("button[data-copy]").forEach(copyBeside);
}

begin();
keepAnswers(begin);
takeDrops(begin);
listenForKeys();
