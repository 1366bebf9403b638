// Sends files and folders to /api/upload one after the other, each as a stream from
// the disk, with its progress; then presses the page's hidden button so that it reruns.
(() => {
  const zone = document.querySelector("[data-aplomb-drop]:not([data-ready])");
  if (!zone) return;
  zone.dataset.ready = "1";
  const words = JSON.parse(zone.dataset.words);
  const limit = Number(zone.dataset.limit);
  const waiting = [];
  let sending = false;
  let arrived = 0;

  const make = (tag, className, text) => {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text) node.textContent = text;
    return node;
  };
  const button = (text, className, act) => {
    const node = make("button", className, text);
    node.type = "button";
    node.addEventListener("click", act);
    return node;
  };
  const picker = (isFolder) => {
    const input = make("input");
    input.type = "file";
    input.multiple = true;
    input.hidden = true;
    input.webkitdirectory = isFolder;
    input.addEventListener("change", () => {
      for (const file of input.files) add(file, file.webkitRelativePath || file.name);
      input.value = "";
    });
    return input;
  };

  const files = picker(false);
  const folder = picker(true);
  const choices = make("div", "drop-choices");
  choices.append(
    button(words.choose, "drop-main", () => files.click()),
    button(words.folder, "drop-plain", () => folder.click()),
  );
  const list = make("ul", "drop-list");
  const news = make("p", "unseen");
  news.setAttribute("role", "status");
  zone.append(
    make("p", "drop-title", words.drop),
    make("p", "note", words.formats),
    choices, files, folder, list, news,
  );

  const readable = (bytes) => {
    const units = words.units.split(" ");
    let step = 0;
    let value = bytes;
    while (value >= 1024 && step < units.length - 1) { value /= 1024; step += 1; }
    const shown = value.toLocaleString(words.locale, { maximumFractionDigits: step > 1 ? 1 : 0 });
    return `${shown}\u00a0${units[step]}`;
  };

  function add(file, name) {
    if (file.name.startsWith(".") || file.name === "Thumbs.db") return;
    const row = make("li");
    const label = make("span", "drop-name", name);
    const state = make("span", "drop-state", readable(file.size));
    const bar = make("progress");
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", name);
    const entry = { file, name, row, state, bar, request: null, over: false };
    const cancel = button(words.cancel, "drop-plain", () => stop(entry));
    cancel.setAttribute("aria-label", `${words.cancel} : ${name}`);
    entry.cancel = cancel;
    row.append(label, state, bar, cancel);
    list.append(row);
    if (file.size > limit) fail(entry, "too_big");
    else { waiting.push(entry); next(); }
  }

  function stop(entry) {
    if (entry.over) { entry.row.remove(); return; }
    entry.over = true;
    if (entry.request) entry.request.abort();
    entry.row.remove();
    next();
  }

  function fail(entry, code) {
    entry.over = true;
    entry.bar.remove();
    entry.row.classList.add("drop-failed");
    entry.state.textContent = words.errors[code] || words.errors.network;
    entry.cancel.textContent = words.dismiss;
    entry.cancel.setAttribute("aria-label", `${words.dismiss} : ${entry.name}`);
    news.textContent = `${entry.name} : ${entry.state.textContent}`;
  }

  function next() {
    if (sending) return;
    const entry = waiting.find((one) => !one.over);
    waiting.splice(0, waiting.length, ...waiting.filter((one) => !one.over && one !== entry));
    if (!entry) { finish(); return; }
    sending = true;
    send(entry);
  }

  function send(entry) {
    const request = new XMLHttpRequest();
    entry.request = request;
    const done = (code) => {
      if (!sending || entry.request !== request) return;
      entry.request = null;
      sending = false;
      if (!entry.over && code) fail(entry, code);
      if (!entry.over) { entry.over = true; entry.row.remove(); arrived += 1; }
      next();
    };
    request.open("POST", "/api/upload");
    request.setRequestHeader("X-Upload-Key", zone.dataset.key);
    request.setRequestHeader("X-File-Name", encodeURIComponent(entry.name));
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.addEventListener("progress", (event) => {
      entry.bar.value = event.loaded / Math.max(event.total, 1);
      entry.state.textContent = `${readable(event.loaded)} / ${readable(event.total)}`;
    });
    request.addEventListener("load", () => {
      if (request.status === 200) { done(""); return; }
      let code = "network";
      try { code = JSON.parse(request.responseText).error; } catch { /* not ours */ }
      done(code);
    });
    request.addEventListener("error", () => done("network"));
    request.addEventListener("abort", () => done(""));
    request.send(entry.file);
  }

  function finish() {
    if (!arrived) return;
    news.textContent = words.arrived.replace("{count}", arrived);
    arrived = 0;
    const trigger = document.querySelector(".st-key-files_arrived button");
    if (trigger) trigger.click();
  }

  async function walk(entry, path) {
    if (entry.isFile) {
      const file = await new Promise((ok, no) => entry.file(ok, no)).catch(() => null);
      if (file) add(file, path + entry.name);
      return;
    }
    const reader = entry.createReader();
    for (;;) {
      const some = await new Promise((ok, no) => reader.readEntries(ok, no)).catch(() => []);
      if (!some.length) return;
      for (const one of some) await walk(one, `${path}${entry.name}/`);
    }
  }

  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.classList.add("drop-over");
  });
  zone.addEventListener("dragleave", () => zone.classList.remove("drop-over"));
  zone.addEventListener("drop", async (event) => {
    event.preventDefault();
    zone.classList.remove("drop-over");
    const entries = [...event.dataTransfer.items]
      .map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry())
      .filter(Boolean);
    if (!entries.length) {
      for (const file of event.dataTransfer.files) add(file, file.name);
    }
    for (const entry of entries) await walk(entry, "");
  });
})();
