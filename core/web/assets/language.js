// Tells screen readers the page's language, and remembers it for the next visit.
(() => {
  const notes = document.querySelectorAll("[data-aplomb-language]");
  const note = notes[notes.length - 1];
  if (!note) return;
  const language = note.dataset.aplombLanguage;
  document.documentElement.lang = language;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie =
    `aplomb_language=${language}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
})();
