// Makes the page live. Without it everything works too, one page load at a time.

const lines = document.getElementById("lines");
const composer = document.getElementById("composer");
const line = document.getElementById("line");
const problem = document.getElementById("problem");
const status = document.getElementById("status");
const title = document.title;
const narrow = matchMedia("(max-width: 60rem)");

const parse = (html) => {
  const template = document.createElement("template");
  template.innerHTML = html; // Encoded by the server, which made all of it.
  return template.content;
};

// ---- Reading

let unread = 0;

const nearEnd = () => innerHeight + scrollY > document.documentElement.scrollHeight - 160;
const toEnd = () => scrollTo({ top: document.documentElement.scrollHeight });

const fresh = document.createElement("button");
fresh.type = "button";
fresh.className = "fresh";
fresh.textContent = "New lines below";
fresh.hidden = true;
fresh.addEventListener("click", () => { fresh.hidden = true; toEnd(); line.focus({ preventScroll: true }); });
composer.closest(".composer").prepend(fresh);
addEventListener("scroll", () => { if (nearEnd()) fresh.hidden = true; }, { passive: true });

function append(html) {
  const follow = nearEnd();
  let own = false;
  for (const item of [...parse(html).children]) {
    const known = item.classList.contains("day")
      ? lines.lastElementChild?.dataset.day === item.dataset.day
      : document.getElementById(item.id);
    if (known) continue;
    item.classList.add("new");
    lines.append(item);
    own ||= item.classList.contains("own");
    if (item.id && document.hidden) document.title = `(${++unread}) ${title}`;
  }
  if (follow || own) toEnd();
  else fresh.hidden = false;
  const form = lines.lastElementChild?.querySelector("form.ask");
  if (follow && form && !line.value && document.activeElement?.closest(".composer")) fill(form);
}

// Whoever just asked for a form goes on in it.
function fill(form) {
  const open = [...form.elements].filter((control) => control.type !== "hidden" && control.name);
  (open.find((control) => control.required && !control.value) ?? open[0])?.focus({ preventScroll: true });
  form.closest(".line").scrollIntoView({ block: form.offsetHeight > innerHeight / 2 ? "start" : "nearest" });
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  unread = 0;
  document.title = title;
});

document.getElementById("older")?.addEventListener("click", async (event) => {
  event.preventDefault();
  const link = event.currentTarget;
  const log = lines.parentElement;
  try {
    const answer = await fetch(link.href, { headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const older = [...page.querySelectorAll("#lines > li")];
    const height = document.documentElement.scrollHeight;
    log.setAttribute("aria-live", "off"); // What is old is not news.
    const first = lines.firstElementChild;
    if (first?.classList.contains("day") && first.dataset.day === older.at(-1)?.dataset.day) first.remove();
    lines.prepend(...older);
    scrollBy(0, document.documentElement.scrollHeight - height);
    setTimeout(() => log.setAttribute("aria-live", "polite"), 500);
    const next = page.getElementById("older");
    if (next) link.href = next.href;
    else link.remove();
    older[0]?.setAttribute("tabindex", "-1");
    if (!next) older[0]?.focus({ preventScroll: true });
  } catch {
    location.assign(link.href);
  }
});

function listen(after) {
  const source = new EventSource(`/events?after=${after}`);
  let lost;
  source.addEventListener("open", () => { clearTimeout(lost); lost = undefined; status.textContent = ""; });
  source.addEventListener("lines", (event) => { after = event.lastEventId; append(event.data); });
  source.addEventListener("board", (event) => {
    const board = document.getElementById("board");
    if (board.innerHTML.trim() !== event.data.trim()) board.replaceChildren(parse(event.data));
  });
  source.addEventListener("ended", () => { source.close(); location.replace("/"); });
  source.addEventListener("error", () => {
    lost ??= setTimeout(() => { status.textContent = "The connection is lost; I keep trying. What you typed stays here."; }, 1500);
    if (source.readyState === EventSource.CLOSED) setTimeout(() => listen(after), 3000);
  });
  addEventListener("pagehide", () => source.close(), { once: true });
}

// ---- Saying

const past = JSON.parse(sessionStorage.getItem("past") ?? "[]");
let at = past.length;
let unsent = "";

function remember(text) {
  if (text && past.at(-1) !== text) past.push(text);
  past.splice(0, past.length - 50);
  at = past.length;
  sessionStorage.setItem("past", JSON.stringify(past));
}

async function send(form, data) {
  // The same words tried again after a failure are the same event, so they count once.
  const words = [...data].filter(([name]) => name !== "event" && name !== "seal").join("\n");
  if (form.dataset.words !== words) {
    form.dataset.words = words;
    form.dataset.event = crypto.randomUUID();
  }
  data.set("event", form.dataset.event);
  try {
    const answer = await fetch("/say", { method: "POST", headers: { Accept: "text/plain" }, body: new URLSearchParams(data) });
    if (!answer.ok) {
      problem.textContent = (await answer.text()) || `That did not work (${answer.status}). Your line is still here.`;
      return false;
    }
  } catch {
    problem.textContent = "There is no connection. Nothing was sent, and your line is still here: send it again in a moment.";
    return false;
  }
  delete form.dataset.words;
  problem.textContent = "";
  return true;
}

// One after the other, in the order in which they were sent.
let queue = Promise.resolve();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.getAttribute("action") !== "/say") return;
  event.preventDefault();
  const data = new FormData(form, event.submitter);
  if (form.classList.contains("shortcuts")) data.set("to", new FormData(composer).get("to"));
  if (form === composer) {
    const text = line.value;
    if (!text.trim()) return;
    remember(text.trim());
    line.value = unsent = "";
    queue = queue.then(() => send(form, data)).then((sent) => { if (!sent && !line.value) line.value = text; });
  } else if (form.getAttribute("aria-busy") !== "true") {
    form.setAttribute("aria-busy", "true");
    queue = queue.then(() => send(form, data)).then((sent) => {
      form.removeAttribute("aria-busy");
      if (sent && form.classList.contains("ask")) close(form);
    });
  }
});

function close(form) {
  form.querySelector("button").textContent = "Sent";
  for (const control of form.elements) control.disabled = true;
  line.focus({ preventScroll: true });
}

// ---- Suggestions and history

const commands = [...document.querySelectorAll("#commands option")].map((option) => ({ name: option.value, about: option.textContent }));
const list = document.createElement("ul");
list.id = "suggestions";
list.className = "suggestions";
list.role = "listbox";
list.ariaLabel = "Commands";
list.hidden = true;
line.after(list);
line.removeAttribute("list");
for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "suggestions" }))
  line.setAttribute(name, value);

let chosen = -1;

function suggest(matches) {
  chosen = -1;
  list.replaceChildren(...matches.map((command, index) => {
    const item = document.createElement("li");
    item.id = `suggestion-${index}`;
    item.role = "option";
    item.ariaSelected = "false";
    item.dataset.name = command.name;
    const name = document.createElement("b");
    name.textContent = command.name;
    const about = document.createElement("span");
    about.textContent = command.about;
    item.append(name, about);
    return item;
  }));
  list.hidden = matches.length === 0;
  line.setAttribute("aria-expanded", String(!list.hidden));
  line.removeAttribute("aria-activedescendant");
}

function choose(index) {
  chosen = (index + list.children.length) % list.children.length;
  [...list.children].forEach((item, position) => { item.ariaSelected = String(position === chosen); });
  list.children[chosen].scrollIntoView({ block: "nearest" });
  line.setAttribute("aria-activedescendant", list.children[chosen].id);
}

function take(name) {
  line.value = `${name} `;
  suggest([]);
  line.focus();
}

function recall(step) {
  if (at + step < 0 || at + step > past.length) return;
  if (at === past.length) unsent = line.value;
  at += step;
  line.value = at === past.length ? unsent : past[at];
  line.setSelectionRange(line.value.length, line.value.length);
}

line.addEventListener("input", () => {
  at = past.length;
  const typed = line.value.trimStart().toLowerCase();
  suggest(typed ? commands.filter((command) => command.name.startsWith(typed) && command.name !== typed) : []);
});
line.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  const open = !list.hidden;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const step = event.key === "ArrowDown" ? 1 : -1;
    event.preventDefault();
    if (open) choose(chosen < 0 && step < 0 ? list.children.length - 1 : chosen + step);
    else recall(step);
  } else if (open && event.key === "Escape") {
    suggest([]);
  } else if (open && chosen >= 0 && (event.key === "Enter" || event.key === "Tab")) {
    event.preventDefault();
    take(list.children[chosen].dataset.name);
  } else if (event.key === "Enter") {
    suggest([]);
  }
});
line.addEventListener("blur", () => suggest([]));
list.addEventListener("pointerdown", (event) => {
  event.preventDefault(); // Focus stays in the line.
  const item = event.target.closest("li");
  if (item) take(item.dataset.name);
});

// ---- Beginning

const board = document.getElementById("board-panel");
const fold = () => { board.open = !narrow.matches; };
narrow.addEventListener("change", fold);
fold();

function begin() {
  toEnd();
  if (matchMedia("(pointer: fine)").matches) line.focus({ preventScroll: true });
  listen(lines.dataset.after);
}

// A fragment in the address would take the focus away again once the page is complete.
if (lines.dataset.after !== undefined) {
  if (location.hash) history.replaceState(null, "", location.pathname + location.search);
  if (document.readyState === "complete") begin();
  else addEventListener("load", begin, { once: true });
}
