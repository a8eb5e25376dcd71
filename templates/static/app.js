// Makes the pages quicker to work with; each of them works without.

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

const posting = () => document.querySelectorAll("form[method=post]:not([data-again])");
posting().forEach(sendOnce);
addEventListener("pageshow", (event) => {
  if (event.persisted) posting().forEach(wake);
});

/** Files may be dropped anywhere on the form that uploads them. */
function takeDrops(form) {
  const field = form.querySelector("input[type=file]");
  if (!field) return;
  const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
  const mark = (on) => form.classList.toggle("dropping", on);
  form.addEventListener("dragover", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    mark(true);
  });
  form.addEventListener("dragleave", (event) => {
    if (!form.contains(event.relatedTarget)) mark(false);
  });
  form.addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    mark(false);
    field.files = event.dataTransfer.files;
    field.focus();
  });
}

document.querySelectorAll("form.upload").forEach(takeDrops);
