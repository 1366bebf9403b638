// Copies what stands beside the button that was pressed, and says so: the address of a
// field, or a text as plain words and as HTML. Prints the code of a link alone. Without a
// secure address browsers offer the older way only, which takes plain words.
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
  const copyText = async ({ words, html }) => {
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
  const copyField = async (field) => {
    try {
      await navigator.clipboard.writeText(field.value);
      return true;
    } catch {
      field.focus();
      field.select();
      return document.execCommand("copy");
    }
  };
  const printLink = (box) => {
    box.classList.add("printed");
    document.body.classList.add("prints-link");
    print();
    document.body.classList.remove("prints-link");
    box.classList.remove("printed");
  };
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-aplomb-copy], [data-aplomb-print]");
    if (!button) return;
    const box = button.closest(".link-out");
    if ("aplombPrint" in button.dataset) {
      printLink(box);
    } else if (box) {
      const done = await copyField(box.querySelector("input"));
      if (done) box.querySelector("[role=status]").textContent = button.dataset.aplombCopy;
    } else {
      const done = await copyText(button.dataset);
      const status = button.parentElement.querySelector("[role=status]");
      if (status) status.textContent = done ? button.dataset.done : button.dataset.failed;
      button.focus();
    }
  });
})();
