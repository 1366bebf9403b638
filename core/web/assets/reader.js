// What screen readers need and Streamlit leaves out: the page's language, and a menu
// whose items are not list items outside a list. The language is also remembered.
(() => {
  const notes = document.querySelectorAll("[data-aplomb-language]");
  const note = notes[notes.length - 1];
  if (!note) return;
  const language = note.dataset.aplombLanguage;
  document.documentElement.lang = language;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie =
    `aplomb_language=${language}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
  for (const menu of document.querySelectorAll("[data-testid=stSidebarNavItems]")) {
    menu.setAttribute("role", "none");
    for (const section of menu.children) section.setAttribute("role", "group");
    for (const item of menu.querySelectorAll("li")) item.setAttribute("role", "none");
  }
})();
