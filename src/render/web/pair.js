// Exchanges the code in the fragment of this page's address for a cookie.
const state = document.getElementById("state");
const pairing = state.textContent;
function pair() {
  const code = location.hash.slice(1);
  // the code must not stay in the history of the browser
  history.replaceState(null, "", location.pathname);
  state.textContent = pairing;
  fetch("/pair", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ code }),
  })
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer)))
    .then(({ to }) => location.replace(to))
    .catch(() => {
      state.textContent = state.dataset.failed;
    });
}
// a second code opened in the same tab changes only the fragment
addEventListener("hashchange", () => location.hash && pair());
pair();
