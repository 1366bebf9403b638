// Presents: all slides are on the page, one over the other, and the root element says
// which one is seen. Keys and a clicker turn them, a timer counts, the screen goes blank,
// and a second window with the notes follows the first. Nothing here asks the server.
(() => {
  if (window.aplombPresent) return window.aplombPresent();
  const root = document.documentElement;
  const KEPT = "aplomb_present"; // what a window opened later begins with
  const TYPING = 'input:not([type="checkbox"]), textarea, select, [contenteditable="true"]';
  const PRESSED = "button, a, summary, input, [role=option], [role=switch]";
  const find = (selector) => document.querySelector(selector);
  const course = () => find(".course");
  const isReading = () => Boolean(find(".st-key-reading"));
  const channel = "BroadcastChannel" in window ? new BroadcastChannel(KEPT) : null;
  let timer = { since: 0, spent: 0 }; // since 0 is paused; both in milliseconds
  // The step asked for; where a story has not got it, the one before it is seen.
  let step = new URLSearchParams(location.search).get("step") || "";
  let wasHere = false;

  const recall = () => {
    try { return JSON.parse(localStorage.getItem(KEPT)) || {}; } catch { return {}; }
  };
  const keep = () => {
    const nav = course();
    const said = { step, timer, scene: nav && nav.dataset.presentScene,
      query: nav && nav.dataset.presentQuery };
    try { localStorage.setItem(KEPT, JSON.stringify(said)); } catch { /* private */ }
    return said;
  };
  const tell = (more) => {
    const said = { ...keep(), ...more };
    if (channel) channel.postMessage(said);
  };
  const steps = () =>
    [...document.querySelectorAll(".course [data-step]")].map((one) => one.dataset.step);
  const clock = () => {
    const shown = find("[data-present-timer]");
    if (!shown) return;
    const spent = timer.spent + (timer.since ? Date.now() - timer.since : 0);
    const seconds = Math.floor(spent / 1000);
    const words = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    if (shown.textContent !== words) shown.textContent = words;
    shown.classList.toggle("runs", Boolean(timer.since));
  };

  // Puts on the page what is seen: safe to call at any time, as often as one likes.
  const show = () => {
    const nav = course();
    if (!nav) {
      if (wasHere && !find(".st-key-stage, .st-key-reading")) leave();
      return;
    }
    if (!wasHere) arrive();
    const every = steps();
    const place = at();
    const seen = every[place];
    if (root.dataset.presentStep !== seen) root.dataset.presentStep = seen;
    for (const button of nav.querySelectorAll("[data-step]")) {
      const isHere = button.dataset.step === seen;
      if (isHere !== (button.getAttribute("aria-current") === "step")) {
        if (isHere) button.setAttribute("aria-current", "step");
        else button.removeAttribute("aria-current");
      }
    }
    const words = `${place + 1} / ${every.length}`;
    const shown = nav.querySelector("[data-present-place]");
    if (shown.textContent !== words) shown.textContent = words;
    nav.querySelector('[data-present="previous"]').disabled = place === 0;
    nav.querySelector('[data-present="next"]').disabled = place === every.length - 1;
    release(nav.dataset.presentScene);
    follow(nav);
    clock();
  };
  // What was chosen is there: the keys belong to the slides again.
  const release = (scene) => {
    const focus = document.activeElement;
    if (release.from && release.from !== scene && focus.closest(".st-key-present_top")) focus.blur();
    release.from = scene;
  };
  const arrive = () => {
    wasHere = true;
    const kept = recall();
    if (isReading()) {
      if (kept.step) step = kept.step;
      if (kept.timer) timer = kept.timer;
    } else {
      step = new URLSearchParams(location.search).get("step") || "";
      if (step && kept.timer) timer = kept.timer;
    }
  };
  const leave = () => {
    wasHere = false;
    for (const name of ["presentStep", "presentNotes", "presentBlank"]) delete root.dataset[name];
    if (document.fullscreenElement) document.exitFullscreen();
  };
  // The notes look at what the slides look at: the company, the month and the people.
  const follow = (nav) => {
    const scene = nav.dataset.presentScene;
    if (!isReading()) {
      if (recall().scene !== scene) tell();
      return;
    }
    const { scene: theirs, query } = recall();
    if (!theirs || theirs === scene) return sessionStorage.removeItem(KEPT);
    // Once: what cannot be followed is not asked again and again.
    if (sessionStorage.getItem(KEPT) === theirs) return;
    sessionStorage.setItem(KEPT, theirs);
    const lang = new URLSearchParams(location.search).get("lang");
    location.replace(`present?${query ? `${query}&` : ""}notes=1${lang ? `&lang=${lang}` : ""}`);
  };

  const go = (wanted) => {
    const every = steps();
    const place = Math.min(every.length - 1, Math.max(0, wanted));
    if (place < 0 || place === at()) return;
    step = every[place];
    const address = new URL(location.href);
    address.searchParams.set("step", step);
    history.replaceState(history.state, "", address);
    show();
    const slides = find(".st-key-slides");
    // On a telephone slides are longer than the screen: the next one from its top.
    if (slides && slides.getBoundingClientRect().top < 0) slides.scrollIntoView();
    tell();
  };
  const at = () => {
    const every = steps();
    const order = course().dataset.presentOrder.split(" ");
    const upTo = order.slice(0, order.indexOf(step) + 1).reverse();
    return Math.max(0, every.indexOf(upTo.find((one) => every.includes(one))));
  };
  const toggle = (name) => {
    if (name in root.dataset) delete root.dataset[name];
    else root.dataset[name] = "";
  };
  const full = () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (root.requestFullscreen) root.requestFullscreen().catch(() => {});
  };
  const count = () => {
    timer = timer.since
      ? { since: 0, spent: timer.spent + Date.now() - timer.since }
      : { since: Date.now(), spent: timer.spent };
    clock();
    tell();
  };
  const zero = () => {
    timer = { since: 0, spent: 0 };
    clock();
    tell();
  };
  const blank = () => {
    toggle("presentBlank");
    tell({ blank: "presentBlank" in root.dataset });
  };
  const quit = () => {
    if ("presentBlank" in root.dataset) return blank();
    const link = find(".st-key-present_leave a");
    if (link && !isReading()) link.click();
  };
  const acts = {
    next: () => go(at() + 1),
    previous: () => go(at() - 1),
    first: () => go(0),
    last: () => go(steps().length - 1),
    notes: () => toggle("presentNotes"),
    full,
    timer: count,
    zero,
    blank,
    quit,
  };
  // A clicker sends PageUp, PageDown, F5 or Escape to begin and end, and B or a dot.
  const KEYS = {
    ArrowRight: "next", PageDown: "next", " ": "next",
    ArrowLeft: "previous", PageUp: "previous",
    Home: "first", End: "last", Escape: "quit", F5: "full",
    f: "full", n: "notes", t: "timer", b: "blank", ".": "blank",
  };

  document.addEventListener("keydown", (event) => {
    if (!course() || event.ctrlKey || event.metaKey || event.altKey) return;
    const focus = event.target instanceof Element ? event.target : document.body;
    if (focus.closest(TYPING) || find('[role="listbox"], [role="dialog"]')) return;
    if (event.key === " " && focus.closest(PRESSED)) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    let act = KEYS[key];
    if (!act) return;
    if (event.shiftKey && act === "timer") act = "zero";
    event.preventDefault();
    event.stopPropagation();
    if (!event.repeat || act === "next" || act === "previous") acts[act]();
  }, true);

  document.addEventListener("click", (event) => {
    if (!course() || !(event.target instanceof Element)) return;
    if (event.target.closest(".st-key-present_reset button")) {
      zero();
      acts.first();
      return;
    }
    if ("presentBlank" in root.dataset) return blank();
    const second = event.target.closest(".course .second");
    if (second) {
      // Streamlit takes the target off a link: the notes have one window of their own.
      event.preventDefault();
      window.open(second.href, KEPT);
      return;
    }
    const button = event.target.closest("[data-present]");
    if (!button) return;
    const act = button.dataset.present;
    if (act === "go") go(steps().indexOf(button.dataset.step));
    else acts[act]();
    // Pressed with a pointer it gives the keys back to the slides.
    if (event.detail) button.blur();
  });

  if (channel) {
    channel.addEventListener("message", ({ data }) => {
      if (!course()) return;
      if (data.timer) timer = data.timer;
      if (data.step) step = data.step;
      if ("blank" in data && !isReading()) {
        if (data.blank) root.dataset.presentBlank = "";
        else delete root.dataset.presentBlank;
      }
      show();
    });
  }

  let asked = 0;
  const soon = () => {
    if (!asked) asked = requestAnimationFrame(() => { asked = 0; show(); });
  };
  new MutationObserver(soon).observe(document.body, { childList: true, subtree: true });
  setInterval(clock, 250);
  window.aplombPresent = soon;
  show();
})();
