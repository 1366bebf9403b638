// Exchanges the one-time ticket for the HttpOnly cookie, then loads the same address.
(() => {
  const note = document.querySelector("[data-aplomb-ticket]");
  if (!note || note.dataset.used) return;
  note.dataset.used = "1";
  fetch("/auth/claim", {
    method: "POST",
    credentials: "same-origin",
    body: note.dataset.aplombTicket,
  }).then(() => {
    const address = new URL(location.href);
    address.searchParams.delete("link");
    if (address.href === location.href) location.reload();
    else location.replace(address.href);
  });
})();
