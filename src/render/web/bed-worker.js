// Keeps the page of the bedside on this phone, to open while the computer sleeps. Of what the computer answers nothing else is
// kept: no tap passes through here, and the kept page says nothing of any night.
"use strict";
const NAME = "bedside-";
const KEPT = `${NAME}{version}`;
const PAGE = "/bed/kept";
const FILES = {files};
const ANSWER_WITHIN = 4000;

async function keep() {
  const page = await fetch(PAGE);
  if (page.ok) await (await caches.open(KEPT)).put(PAGE, page);
}

// a device that is not paired any more keeps no page
async function forget() {
  for (const name of await caches.keys()) await (await caches.open(name)).delete(PAGE);
}

addEventListener("install", (event) => {
  skipWaiting();
  const files = FILES.map((file) => new Request(file, { cache: "reload" }));
  event.waitUntil(caches.open(KEPT).then((cache) => Promise.all([cache.addAll(files), keep()])));
});

// another version of the program has other files
async function dropOthers() {
  const names = (await caches.keys()).filter((name) => name.startsWith(NAME) && name !== KEPT);
  await Promise.all(names.map((name) => caches.delete(name)));
}
addEventListener("activate", (event) => event.waitUntil(Promise.all([clients.claim(), dropOthers()])));
addEventListener("message", (event) => event.waitUntil(forget()));

// What the computer answers, or what is kept where it does not answer in time.
async function first(answered, path) {
  try {
    const late = new Promise((_, failed) => setTimeout(failed, ANSWER_WITHIN));
    const answer = await Promise.race([answered, late]);
    // a proxy answers for a computer that serves nothing
    if (answer.status < 502 || answer.status > 504) return answer;
  } catch {} // the computer sleeps
  return (await (await caches.open(KEPT)).match(path)) || answered;
}

async function learn(answered) {
  const { ok, status } = await answered;
  if (ok) await keep();
  else if (status === 401 || status === 403) await forget();
}

addEventListener("fetch", (event) => {
  const { origin, pathname } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== location.origin) return;
  const isPage = pathname === "/bed" && event.request.mode === "navigate";
  if (!isPage && !FILES.includes(pathname)) return;
  const answered = fetch(event.request);
  event.respondWith(first(answered, isPage ? PAGE : pathname));
  if (isPage) event.waitUntil(learn(answered).catch(() => {}));
});
