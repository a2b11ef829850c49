
"use strict";
(() => {
  const calls = [...document.querySelectorAll("#calls > .call")];
  const form = document.getElementById("filter");
  const words = document.getElementById("words");
  const chips = [...form.querySelectorAll(".chip")];
  const said = new Map();

  // What a call can be found by: what its own line says, and the names on its picture.
  const text = (call) => {
    if (!said.has(call)) {
      const names = [...call.querySelectorAll(":scope > summary, .across title, .resource")];
      said.set(call, names.map((e) => e.textContent).join(" ").toLowerCase());
    }
    return said.get(call);
  };

  const filter = () => {
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const outcomes = chips.filter((c) => c.getAttribute("aria-pressed") === "true").map((c) => c.dataset.outcome);
    let shown = 0;
    for (const call of calls) {
      const fits = (outcomes.length === 0 || outcomes.includes(call.dataset.outcome))
        && wanted.every((word) => text(call).includes(word));
      call.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    document.getElementById("count").textContent = `${shown} of ${calls.length}`;
    document.getElementById("nothing").hidden = shown > 0;
  };

  const link = (panel) => [...panel.closest(".call").querySelectorAll("svg .stop")]
    .filter((stop) => stop.getAttribute("href") === `#${panel.id}`);

  // One panel of a call at a time; its stop on the picture is marked.
  const show = (panel) => {
    for (const other of panel.parentElement.children) {
      other.open = other === panel;
    }
    panel.scrollIntoView({ block: "nearest" });
  };

  const mark = (panel) => link(panel).forEach((stop) => stop.classList.toggle("shown", panel.open));

  form.addEventListener("submit", (event) => event.preventDefault());
  words.addEventListener("input", filter);
  chips.forEach((chip) => chip.addEventListener("click", () => {
    chip.setAttribute("aria-pressed", String(chip.getAttribute("aria-pressed") !== "true"));
    filter();
  }));

  document.addEventListener("click", (event) => {
    const stop = event.target.closest("svg .stop");
    if (stop) {
      event.preventDefault();
      show(document.getElementById(stop.getAttribute("href").slice(1)));
    }
  });
  document.addEventListener("toggle", (event) => {
    if (event.target.matches(".stops > .stop")) {
      mark(event.target);
    }
  }, true);

  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.ctrlKey && !event.metaKey && event.target !== words) {
      event.preventDefault();
      words.focus();
    } else if (event.key === "Escape" && event.target === words) {
      words.value = "";
      filter();
    } else if (event.key === "Escape") {
      leave(event.target);
    }
  });

  // Escape closes the open panel and goes back to its stop on the picture.
  const leave = (from) => {
    const call = from.closest(".call");
    const panel = call && call.querySelector(".stops > .stop[open]");
    if (panel) {
      panel.open = false;
      const stop = link(panel).find((one) => one.getBoundingClientRect().width > 0);
      (stop || panel.querySelector("summary")).focus();
    }
  };

  // A link to a call or a stop opens it.
  const follow = () => {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    const call = target && target.closest(".call");
    if (call) {
      call.open = true;
      if (target !== call) {
        show(target);
      } else {
        call.scrollIntoView();
      }
    }
  };

  form.hidden = false;
  filter();
  document.querySelectorAll(".stops > .stop[open]").forEach(mark);
  addEventListener("hashchange", follow);
  follow();
})();
