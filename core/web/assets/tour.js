// Takes the focus to the card of the tour after a step, gives it back to the page at the
// end, and lets Escape end the tour from inside the card.
(() => {
  const card = document.querySelector("[data-aplomb-tour]");
  if (card && card.dataset.focus) {
    card.dataset.focus = "";
    card.focus({ preventScroll: true });
  }
  if (window.aplombTour) return;
  window.aplombTour = true;
  const ways = ".st-key-tour_skip button, .st-key-tour_done button";
  document.addEventListener("keydown", (event) => {
    const inside = document.activeElement?.closest(".st-key-tour");
    if (event.key === "Escape" && inside) inside.querySelector(ways)?.click();
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest(ways)) return;
    const title = document.querySelector("[data-testid=stMain] h1");
    if (!title) return;
    title.tabIndex = -1;
    title.focus({ preventScroll: true });
  });
})();
