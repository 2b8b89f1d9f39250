// The bedside: every tap is kept on this phone first, then sent in order until the computer has acknowledged it.
"use strict";
const main = document.querySelector("main");
const said = document.getElementById("said");
const asked = document.getElementById("asked");
const details = document.getElementById("details");
const waiting = document.getElementById("waiting");
const refused = document.getElementById("refused");
const warnings = document.getElementById("warnings");
const csrf = document.querySelector("[name=csrf]").value;
const TEN_MINUTES = 600000;
const ANSWER_WITHIN = 10000;
// keeps this page for when the computer sleeps; browsers have none where the address is not encrypted
const worker = navigator.serviceWorker;

// The queue: in IndexedDB, or in memory where the browser keeps nothing.
let inMemory = [];
let lastNumber = 0;
const opened = new Promise((done) => {
  const request = indexedDB.open("cramp", 1);
  request.onupgradeneeded = () => request.result.createObjectStore("taps", { keyPath: "n", autoIncrement: true });
  request.onsuccess = () => done(request.result);
  request.onerror = () => done(null);
}).catch(() => null);

async function stored(mode, work) {
  const db = await opened;
  if (!db) return undefined;
  return new Promise((done, failed) => {
    const transaction = db.transaction("taps", mode, { durability: "strict" });
    const request = work(transaction.objectStore("taps"));
    transaction.oncomplete = () => done(request.result);
    transaction.onerror = transaction.onabort = () => failed(transaction.error);
  });
}

async function taps() {
  const kept = (await stored("readonly", (store) => store.getAll()).catch(() => [])) || [];
  return kept.concat(inMemory);
}

async function add(tap) {
  const kept = await stored("readwrite", (store) => store.add(tap)).catch(() => undefined);
  if (kept === undefined) inMemory.push({ ...tap, n: `m${(lastNumber += 1)}` });
}

async function change(tap) {
  if (typeof tap.n !== "string") await stored("readwrite", (store) => store.put(tap));
  else inMemory = inMemory.map((other) => (other.n === tap.n ? tap : other));
}

async function remove(tap) {
  if (typeof tap.n !== "string") await stored("readwrite", (store) => store.delete(tap.n));
  else inMemory = inMemory.filter((other) => other.n !== tap.n);
}

// 2026-03-04T03:10:00.000+01:00
function now() {
  const here = new Date();
  const minutes = -here.getTimezoneOffset();
  const two = (n) => String(Math.floor(Math.abs(n))).padStart(2, "0");
  const local = new Date(here.getTime() + minutes * 60000).toISOString().slice(0, -1);
  return `${local}${minutes < 0 ? "-" : "+"}${two(minutes / 60)}:${two(minutes % 60)}`;
}

function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function post(tap) {
  const fields = new URLSearchParams({ ...tap.fields, csrf, key: tap.key, at: tap.at, sent: now() });
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), ANSWER_WITHIN);
  try {
    const headers = { "X-Part": "1" };
    const answer = await fetch(tap.url, { method: "POST", headers, body: fields, signal: stop.signal });
    if (answer.status === 401 || answer.status === 403) worker?.controller?.postMessage("forget");
    return { status: answer.status, html: await answer.text() };
  } finally {
    clearTimeout(timer);
  }
}

let sending = false;
let timer = 0;
async function send() {
  if (sending) return;
  sending = true;
  clearTimeout(timer);
  let again = false;
  try {
    for (;;) {
      const tap = (await taps()).find((tap) => !tap.refused);
      if (!tap) break;
      const { status, html } = await post(tap);
      if (status < 300) {
        await remove(tap);
        await show(html, tap);
      } else if (status === 422 || status === 409) {
        tap.refused = html;
        await change(tap);
        read(html);
        release(tap);
        await showRefused();
      } else {
        again = true;
        waiting.dataset.why = status === 401 || status === 403 ? main.dataset.unpaired : "";
        break;
      }
    }
  } catch {
    again = true; // the computer sleeps, or the connection was cut: the same key is sent again
  }
  sending = false;
  await showWaiting();
  const left = (await taps()).some((tap) => !tap.refused);
  if (left) timer = setTimeout(send, again ? 4000 : 0);
}

async function showWaiting() {
  const n = (await taps()).filter((tap) => !tap.refused).length;
  const why = n && waiting.dataset.why ? ` ${waiting.dataset.why}` : "";
  waiting.textContent = n ? main.dataset.waiting.replace("#", n) + why : "";
}

// The question of the morning that a tap answers, or takes back the answer to.
function placeOf(tap) {
  const { words, of } = tap.fields;
  const isIt = {
    "/bed/night": (place) => [...place.querySelectorAll("[name=words]")].some((field) => field.value === words),
    "/bed/undo": (place) => place.dataset.of === of,
  }[tap.url];
  return isIt && [...document.querySelectorAll("#morning fieldset")].find(isIt);
}

// A tap that was refused stays, as its button or the person said it, until it is closed.
async function showRefused() {
  const kept = (await taps()).filter((tap) => tap.refused);
  for (const box of document.querySelectorAll(".box")) box.remove();
  for (const tap of kept) {
    const place = placeOf(tap);
    const box = document.createElement("section");
    box.className = "box";
    box.innerHTML = tap.refused;
    for (const other of box.querySelectorAll(".question, template")) other.remove();
    const typed = document.createElement("p");
    const label = tap.fields.line ? `“${tap.label}”` : tap.label;
    typed.textContent = place ? label : [tap.asked, label].filter(Boolean).join(" ");
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = main.dataset.dismiss;
    close.onclick = () => remove(tap).then(showRefused);
    box.append(typed, close);
    if (place) place.querySelector(".told").replaceChildren(box);
    else refused.append(box);
  }
}

// A warning stays until it is touched, over other taps and a reload.
function keepWarnings(box) {
  for (const warning of box.querySelectorAll(".warning")) warnings.append(warning);
  try {
    localStorage.setItem("warnings", warnings.innerHTML);
  } catch {} // kept on the page alone
  for (const button of warnings.querySelectorAll("button")) {
    button.hidden = false;
    button.onclick = () => {
      button.closest(".warning").remove();
      keepWarnings(document.createElement("div"));
    };
  }
}

// Words typed after last night was answered with a cramp are about that night.
const own = document.getElementById("words");
function about(night) {
  const label = own.querySelector("label");
  own.elements.night.value = night;
  label.textContent = night ? label.dataset.night : label.dataset.now;
}

let current = "";
function begin(of, isCramp = true) {
  current = of;
  try {
    sessionStorage.setItem("of", JSON.stringify([of, Date.now()]));
  } catch {} // only a reload forgets it
  reveal(Boolean(of) && isCramp);
}

function reveal(isCramp) {
  main.classList.toggle("logged", isCramp || Boolean(document.getElementById("morning")));
  details.hidden = !isCramp;
}

function unpress(place) {
  for (const pressed of place.querySelectorAll("[aria-pressed=true]")) pressed.setAttribute("aria-pressed", "false");
}

function press(button) {
  const was = button.getAttribute("aria-pressed") === "true";
  const isRelief = button.value.startsWith("+");
  for (const other of button.closest(".row").querySelectorAll("button")) {
    // several things may have helped, but nothing stands alone
    if (!isRelief || button.value === "+none" || other.value === "+none") other.setAttribute("aria-pressed", "false");
  }
  button.setAttribute("aria-pressed", String(!isRelief || !was));
}

// A button that was refused can be tapped again.
function release(tap) {
  for (const button of document.querySelectorAll("button[name=words][aria-pressed=true]")) {
    if (button.value !== tap.fields.words) continue;
    button.setAttribute("aria-pressed", "false");
    if (button.dataset.night) about("");
  }
}

// An answer of the computer, with the question that is open now, whatever the answer is about.
function read(html) {
  const box = document.createElement("div");
  box.innerHTML = html;
  const isWarned = box.querySelector(".warning");
  keepWarnings(box);
  if (isWarned) warnings.scrollIntoView();
  asked.replaceChildren(...box.querySelectorAll(".question"));
  return box;
}

async function show(html, tap) {
  const box = read(html);
  const about = tap.url === "/bed/cramp" ? tap.key : tap.url === "/bed/amend" && tap.fields.of;
  const place = placeOf(tap);
  const entry = box.querySelector("template");
  if (entry) entry.remove();
  const undo = box.querySelector("form [name=of]");
  if (entry) await amends(entry);
  for (const night of document.querySelectorAll(`fieldset[data-by="${CSS.escape(tap.fields.of)}"]`)) {
    if (tap.url === "/bed/undo") night.hidden = false;
  }
  if (place) {
    place.dataset.of = undo ? undo.value : "";
    place.classList.toggle("kept", tap.url === "/bed/night");
    if (tap.url === "/bed/undo") unpress(place);
    place.querySelector(".told").replaceChildren(...box.childNodes);
  } else if (!about || about === current) said.replaceChildren(...box.childNodes);
}

// The cramp that was kept: what can be said about it, what of it is known, and that its night is answered.
async function amends({ dataset: { of, chosen, night } }) {
  const cramp = document.querySelector(`.outcome button[data-night="${CSS.escape(night)}"][aria-pressed=false]`);
  const outcome = cramp && cramp.closest("fieldset");
  if (outcome && !outcome.hidden) {
    outcome.hidden = true;
    outcome.dataset.by = of;
  }
  const waits = (await taps()).some((tap) => tap.fields.of === of);
  if (of !== current) return;
  reveal(true);
  if (waits) return;
  const known = chosen.split(" ");
  for (const button of details.querySelectorAll("[aria-pressed]")) {
    button.setAttribute("aria-pressed", String(known.includes(button.value)));
  }
}

let looks = 0;
async function preview(form) {
  const fields = Object.fromEntries(new FormData(form));
  const mine = (looks += 1);
  const isLate = () => mine !== looks;
  try {
    const { status, html } = await post({ url: "/bed/preview", fields, key: newKey(), at: now() });
    if (status >= 300 && status !== 422) throw new Error();
    if (isLate()) return;
    said.replaceChildren(...read(html).childNodes);
  } catch {
    if (isLate()) return;
    said.replaceChildren(document.getElementById("unreachable").content.cloneNode(true));
    for (const name of ["line", "night"]) said.querySelector(`[name=${name}]`).value = fields[name];
  }
  said.focus();
}

let lastTap = 0;
document.addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  const url = form.getAttribute("action");
  const isCramp = url === "/bed/cramp";
  // the second half of a double tap would be another cramp, or hit what has come to stand there
  const since = Date.now() - lastTap;
  if (since < (isCramp ? 2000 : 500)) return;
  if (url === "/bed/preview") return preview(form);
  const button = event.submitter;
  const fields = Object.fromEntries(new FormData(form, button));
  if (url === "/bed/amend") fields.of = current || fields.of;
  if (url === "/bed/answer") {
    if (form.dataset.answered) return;
    form.dataset.answered = "yes";
  }
  const isPressed = button && button.getAttribute("aria-pressed") === "true";
  if (isPressed && !button.value.startsWith("+")) return;
  const group = (button || form).closest("fieldset");
  const tapped = button ? button.getAttribute("aria-label") || button.textContent : "";
  const label = "line" in fields ? fields.line : tapped;
  const asked = group ? group.querySelector("legend").textContent : "";
  const tap = { url, fields, key: newKey(), at: now(), label, asked };
  const told = form.closest("#said") || (group && group.querySelector(".told"));
  const isOfNight = told && told.querySelector('a[href="#line"]');
  // what is queued must not be there to be tapped again, nor come back with a look that was asked for before it
  if (told) told.textContent = main.dataset.noted;
  if (isCramp) {
    lastTap = Date.now();
    looks += 1;
    unpress(details);
    begin(tap.key, form.id === "cramp");
    said.textContent = main.dataset.noted;
    if (form.id === "cramp") about("");
    else own.elements.line.value = "";
    said.focus({ preventScroll: true });
    scrollTo(0, 0);
  } else if (url === "/bed/night" && "line" in fields) {
    unpress(group);
  } else if (button && button.hasAttribute("aria-pressed")) {
    press(button);
    for (const number of group ? group.querySelectorAll("[name=line]") : []) number.value = "";
    if (button.closest(".outcome")) about(button.dataset.night || "");
  } else if (url === "/bed/undo") {
    if (fields.of === current) begin("");
    if (isOfNight) about("");
    told.focus({ preventScroll: true });
  }
  await add(tap);
  // the answer takes the place of one that was refused
  for (const old of group ? await taps() : []) if (old.refused && placeOf(old) === group) await remove(old);
  setTimeout(showWaiting, 500);
  await send();
});

// a number is empty until it is touched
for (const step of document.querySelectorAll("[data-step]")) {
  step.hidden = false;
  step.onclick = () => {
    const field = step.parentElement.querySelector("[name=line]");
    const before = parseFloat(field.value.replace(",", "."));
    const { start, by, min, max = Infinity } = field.dataset;
    const next = Math.min(Math.max(before + step.dataset.step * by, min), max);
    field.value = Number.isNaN(before) ? start : Number(next.toFixed(2));
  };
}

// The cramp that can be amended after a reload: the one the computer knows, or one that still waits on this phone.
current = details.querySelector("[name=of]").value;
async function resume() {
  let [of, at] = ["", 0];
  try {
    [of, at] = JSON.parse(sessionStorage.getItem("of")) || [];
  } catch {} // nothing was begun
  const tap = (await taps()).find((tap) => tap.key === of && !tap.refused);
  if (!tap || of === current || Date.now() - at > TEN_MINUTES) return;
  unpress(details);
  begin(of, !tap.fields.line);
}
try {
  const box = document.createElement("div");
  box.innerHTML = localStorage.getItem("warnings") || "";
  keepWarnings(box);
} catch {} // nothing is kept
addEventListener("online", send);
addEventListener("pageshow", send);
document.addEventListener("visibilitychange", () => document.hidden || send());
addEventListener("load", () => worker?.register("/bed-worker.js", { scope: "/bed" }).catch(() => {}));
resume().then(showRefused);
send();
