// Copies the text of the button that was pressed, as plain words and as HTML, and says so.
// Without a secure address browsers offer the older way only, which takes plain words.
(() => {
  if (window.aplombCopy) return;
  window.aplombCopy = true;
  const older = (words) => {
    const field = document.createElement("textarea");
    field.value = words;
    field.style.position = "fixed";
    field.style.opacity = "0";
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  };
  const copy = async ({ words, html }) => {
    if (!navigator.clipboard) return older(words);
    try {
      const kinds = { "text/plain": words, "text/html": html };
      const parts = Object.entries(kinds).map(([type, text]) => [type, new Blob([text], { type })]);
      await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(parts))]);
      return true;
    } catch {
      return older(words);
    }
  };
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-aplomb-copy]");
    if (!button) return;
    const done = await copy(button.dataset);
    const status = button.parentElement.querySelector("[role=status]");
    if (status) status.textContent = done ? button.dataset.done : button.dataset.failed;
    button.focus();
  });
})();
