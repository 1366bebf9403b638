// Copies a link to the clipboard and says so; prints the code of a link alone. A field
// with the link stands beside each button, for browsers that copy nothing by themselves.
(() => {
  if (window.aplombCopy) return;
  window.aplombCopy = true;
  const copy = async (field) => {
    try {
      await navigator.clipboard.writeText(field.value);
      return true;
    } catch {
      field.focus();
      field.select();
      return document.execCommand("copy");
    }
  };
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-aplomb-copy], [data-aplomb-print]");
    if (!button) return;
    const box = button.closest(".link-out");
    if ("aplombPrint" in button.dataset) {
      box.classList.add("printed");
      document.body.classList.add("prints-link");
      print();
      document.body.classList.remove("prints-link");
      box.classList.remove("printed");
      return;
    }
    const done = await copy(box.querySelector("input"));
    if (done) box.querySelector("[role=status]").textContent = button.dataset.aplombCopy;
  });
})();
