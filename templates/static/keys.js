// Single keys: what they do, and how they are switched off (WCAG 2.1.4).

const OFF = "scorecard-keys-off";

/** What the browser remembers, where it may remember anything. */
const memory = {
  get isOff() {
    try {
      return localStorage.getItem(OFF) === "yes";
    } catch {
      return false;
    }
  },
  set isOff(off) {
    try {
      off ? localStorage.setItem(OFF, "yes") : localStorage.removeItem(OFF);
    } catch {
      // Then it holds until the page is left.
    }
  },
};

/** Whether keys go into a field now. */
function isTyping(target) {
  return target.isContentEditable || target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select");
}

/** Listens for the keys of the page. */
export function listenForKeys() {
  const list = document.querySelector("#keys-open");
  const off = document.querySelector("#keys-off");
  if (!list || !off) return;
  off.checked = memory.isOff;
  off.addEventListener("change", () => (memory.isOff = off.checked));
  const does = {
    "?": () => list.showModal(),
    "/": () => {
      const field = document.querySelector("#find");
      field?.focus();
      field?.select();
      return Boolean(field);
    },
  };
  for (const step of [1, 2, 3, 4, 5]) {
    does[step] = () => {
      const link = document.querySelector(`.steps li:nth-child(${step}) a`);
      link?.click();
      return Boolean(link);
    };
  }
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.defaultPrevented) return;
    if (off.checked || document.querySelector("dialog[open]") || isTyping(event.target)) return;
    if (does[event.key] && does[event.key]() !== false) event.preventDefault();
  });
  for (const link of document.querySelectorAll(".bottom a[href='/guide#keys']")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      list.showModal();
    });
  }
}
