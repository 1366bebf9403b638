// Answers a scorecard from the keyboard: 1 to 4 answer the criterion where the focus is,
// the arrows up and down go to its neighbours. Nothing happens outside the ten rows, nor
// while somebody types. A note is kept when its field is left: Escape and leaving the page
// would take the field away first, so they leave it before.
(() => {
  if (window.aplombScore) return;
  window.aplombScore = true;
  const rows = () => [...document.querySelectorAll('[class*="st-key-criterion_"]')];
  const answers = (row) =>
    [...row.querySelectorAll('[data-testid="stButtonGroup"] button')];
  const isChosen = (button) =>
    button.getAttribute("aria-checked") === "true" ||
    button.getAttribute("aria-pressed") === "true";
  const enter = (row) => {
    const buttons = answers(row);
    const target = buttons.find(isChosen) || buttons[0];
    if (target) target.focus();
    row.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const focus = document.activeElement;
    if (event.key === "Escape" && focus && focus.matches("textarea")) focus.blur();
    if (!focus || focus.closest('input, textarea, select, [contenteditable="true"]')) return;
    const row = focus.closest('[class*="st-key-criterion_"]');
    if (!row) return;
    if (/^[1-4]$/.test(event.key)) {
      const button = answers(row)[Number(event.key) - 1];
      if (!button || button.disabled) return;
      event.preventDefault();
      event.stopPropagation();
      button.focus();
      if (!isChosen(button)) button.click();
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const every = rows();
    const next = every[every.indexOf(row) + step];
    event.preventDefault();
    event.stopPropagation();
    if (next) enter(next);
  }, true);
  addEventListener("pagehide", () => document.activeElement && document.activeElement.blur());
})();
