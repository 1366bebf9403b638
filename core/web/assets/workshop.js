// A workshop on a phone: a tap saves. What could not be sent waits in the browser and
// leaves when the network is back; an answer is called saved only once the server said
// so. The page is asked again when the facilitator freezes, opens a round or ends.
(() => {
  const page = document.body.dataset;
  if (!page.path) return;
  const forms = [...document.querySelectorAll("form[id]")];
  const network = document.getElementById("network");
  const done = document.querySelector("#progress b");
  const place = `aplomb${page.path}`;
  const POLL = 4000;
  const LONGEST_WAIT = 8000;
  let queue = {}; // criterion -> {round, value}: the last answer not saved yet
  let wait = 0;
  let isSending = false;
  let timer = 0;

  const keep = () => {
    try {
      if (Object.keys(queue).length) localStorage.setItem(place, JSON.stringify(queue));
      else localStorage.removeItem(place);
    } catch { /* a private window: the queue lives as long as the page */ }
  };
  const say = (form, words) => {
    const line = form.querySelector(".state");
    if (line.textContent !== words) line.textContent = words;
  };
  const count = () => {
    const given = forms.filter((form) => form.querySelector("input:checked"));
    if (done.textContent !== String(given.length)) done.textContent = given.length;
  };
  const tell = (words) => {
    if (network.textContent !== words) network.textContent = words;
  };
  const calm = () => {
    if (network.textContent === page.offline) tell("");
  };
  const again = (delay) => {
    clearTimeout(timer);
    timer = setTimeout(send, delay);
  };
  const reload = () => {
    keep();
    location.reload();
  };

  const post = (key, entry) =>
    fetch(`${page.path}/answer`, {
      method: "POST",
      headers: { accept: "application/json" },
      body: new URLSearchParams({ criterion: key, ...entry }),
    });

  async function send() {
    if (isSending) return;
    isSending = true;
    let isLate = false;
    try {
      for (let key; (key = Object.keys(queue)[0]); ) {
        const entry = queue[key];
        const form = document.getElementById(key);
        const answer = await post(key, entry);
        if (answer.status === 429 || answer.status >= 500) throw new Error("later");
        if (queue[key] === entry) delete queue[key];
        keep();
        wait = 0;
        calm();
        if (answer.ok) {
          if (!queue[key]) say(form, page.saved);
        } else if (answer.status === 409) {
          isLate = true;
        } else {
          queue = {};
          return reload();
        }
      }
      if (isLate) {
        try { sessionStorage.setItem(place, page.late); } catch { /* not told */ }
        reload();
      }
    } catch {
      wait = Math.min(Math.max(2 * wait, 1000), LONGEST_WAIT);
      for (const key of Object.keys(queue)) say(document.getElementById(key), page.waiting);
      tell(page.offline);
      again(wait);
    } finally {
      isSending = false;
    }
  }

  async function follow() {
    if (document.hidden || isSending) return;
    try {
      const answer = await fetch(`${page.path}/state`, { cache: "no-store" });
      if (answer.status === 429 || answer.status >= 500) return;
      if (!answer.ok) return reload();
      const now = await answer.json();
      calm();
      const isSame = now.phase === page.phase && String(now.round) === page.round;
      if (!isSame && !Object.keys(queue).length) reload();
    } catch {
      tell(page.offline);
    }
  }

  for (const form of forms) {
    form.addEventListener("change", (event) => {
      if (event.target.name !== "value") return;
      queue[form.id] = { round: page.round, value: event.target.value };
      keep();
      say(form, page.saving);
      count();
      send();
    });
    form.addEventListener("submit", (event) => event.preventDefault());
  }
  try {
    queue = JSON.parse(localStorage.getItem(place)) || {};
    const late = sessionStorage.getItem(place);
    if (late) tell(late);
    sessionStorage.removeItem(place);
  } catch { queue = {}; }
  for (const [key, entry] of Object.entries(queue)) {
    const form = document.getElementById(key);
    const input = form && form.querySelector(`input[value="${Number(entry.value)}"]`);
    if (!input) {
      delete queue[key];
      continue;
    }
    if (entry.round === page.round && page.phase === "open") input.checked = true;
    say(form, page.waiting);
  }
  count();
  addEventListener("online", () => again(0));
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) follow();
  });
  setInterval(follow, POLL);
  if (Object.keys(queue).length) send();
})();
