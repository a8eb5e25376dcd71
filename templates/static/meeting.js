// Keys for whoever sits at the projector: → and n go to the next cell, ← and p to the one before.

addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.target.matches("input, textarea, select")) return;
  const way = { ArrowRight: "next", n: "next", ArrowLeft: "prev", p: "prev" }[event.key];
  const link = way && document.querySelector(`a[rel=${way}]`);
  if (!link) return;
  event.preventDefault();
  link.click();
});
