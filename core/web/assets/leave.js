// Ends the session and shows the sign-in page, whatever page was open.
fetch("/auth/leave", { method: "POST", credentials: "same-origin" }).finally(() => {
  location.replace("/");
});
