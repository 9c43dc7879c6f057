// Shows what has changed, and sends without leaving the page. Without it everything works as well, page by page.
(() => {
  const main = document.querySelector("[data-live]");
  if (!main) return;
  const thread = document.getElementById("thread"), unsent = document.getElementById("unsent");
  const part = main.dataset.part || main.dataset.live + "/thread";
  const newest = () => thread.querySelector("li:last-of-type")?.id;
  const down = () => scrollTo(0, document.documentElement.scrollHeight);
  const usual = unsent?.textContent;
  let asked = 0;
  const show = async () => {
    const mine = ++asked, was = newest();
    const answer = await fetch(part), text = await answer.text();
    if (answer.status === 403) return location.reload();
    if (!answer.ok) throw answer.status;
    if (mine !== asked) return; // what is older and came later
    thread.innerHTML = text;
    if (unsent && newest() !== was) down();
  };
  const showAtLast = () => show().catch(() => setTimeout(showAtLast, 3000));
  // A browser has six lines to one server: a window that nobody sees gives its line back.
  let line;
  const listen = () => {
    line?.close();
    line = document.hidden ? undefined : new EventSource(main.dataset.live + "/events");
    if (line) line.onmessage = () => showAtLast();
  };
  document.addEventListener("visibilitychange", listen);
  listen();
  if (!unsent) return;
  document.addEventListener("submit", async (event) => {
    const form = event.target, by = event.submitter;
    if (!main.contains(form)) return;
    event.preventDefault();
    if (form.dataset.busy) return;
    form.dataset.busy = "1";
    const data = new FormData(form);
    if (by && by.name) data.append(by.name, by.value);
    const body = form.enctype === "multipart/form-data" ? data : new URLSearchParams(data);
    let why = 0;
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Live": "1" } });
      why = answer.status;
      if (!answer.ok) throw why;
      unsent.hidden = true;
      form.reset();
      if ("key" in form.dataset) form.elements.key.value = Array.from(crypto.getRandomValues(new Uint8Array(8)), (b) => b.toString(16).padStart(2, "0")).join("");
      showAtLast(); // not awaited: on a slow line somebody writes the next one meanwhile
    } catch {
      if (why === 403) return location.reload();
      unsent.textContent = { 413: unsent.dataset.tooLarge, 415: unsent.dataset.other }[why] || usual;
      unsent.hidden = false;
    }
    delete form.dataset.busy;
  });
  document.querySelector("textarea").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); event.target.form.requestSubmit(); }
  });
  down();
})();
