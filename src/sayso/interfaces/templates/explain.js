"use strict";
(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const RISE = 16; // how far an arrow rises above the higher of its ends, in pixels
  const HEAD = 6;

  for (const hint of document.querySelectorAll(".scripted")) hint.hidden = false;
  for (const article of document.querySelectorAll(".explained")) explain(article);

  function explain(article) {
    const body = article.querySelector(".body");
    const notes = new Map([...article.querySelectorAll(".note")].map((note) => [note.dataset.number, note]));
    const arrows = document.createElementNS(SVG, "svg");
    arrows.setAttribute("class", "arrows");
    arrows.setAttribute("aria-hidden", "true");
    body.append(arrows);
    let shown = null;
    let held = null;

    const parts = (label) => [...body.querySelectorAll(`[data-in~="${label}"]`)];

    // The first segment of each part.
    const beginnings = (label) =>
      parts(label).filter((part) => (part.dataset.n || "").split(" ").some((begin) => has(begin, label)));

    // Whether what begins here, "s1,3" say, is the part that is asked for, "s3" say.
    function has(begin, label) {
      return begin[0] === label[0] && begin.slice(1).split(",").includes(label.slice(1));
    }

    function show(note) {
      shown = note;
      for (const old of article.querySelectorAll(".on, .live")) old.classList.remove("on", "live");
      arrows.replaceChildren();
      if (!note) return;
      const number = note.dataset.number;
      note.classList.add("live");
      for (const kind of "scq") for (const part of parts(kind + number)) part.classList.add("on");
      draw(number, note.dataset.inside);
    }

    function draw(number, holder) {
      const source = beginnings("s" + number);
      const cue = beginnings("c" + number);
      const content = beginnings("q" + number);
      if (cue.length) for (const from of source) arrow(from, cue[0]);
      const said = cue.length ? cue[cue.length - 1] : source[0];
      if (said) for (const to of content) arrow(said, to);
      const inner = [...cue, ...source, ...content][0];
      const outer = holder && ["c", "s", "q"].flatMap((kind) => beginnings(kind + holder))[0];
      if (inner && outer) arrow(inner, outer, " up");
    }

    function arrow(from, to, kind = "") {
      const [x1, y1] = top(from);
      const [x2, y2] = top(to);
      const x = (x1 + x2) / 2;
      const y = Math.min(y1, y2) - RISE;
      path(`M${x1} ${y1}Q${x} ${y} ${x2} ${y2}`, "line" + kind);
      const turn = Math.atan2(y2 - y, x2 - x);
      const corner = (by) => `${x2 - HEAD * Math.cos(turn + by)} ${y2 - HEAD * Math.sin(turn + by)}`;
      path(`M${x2} ${y2}L${corner(0.5)}L${corner(-0.5)}Z`, "head" + kind);
    }

    function path(data, kind) {
      const made = document.createElementNS(SVG, "path");
      made.setAttribute("d", data);
      made.setAttribute("class", kind);
      arrows.append(made);
    }

    // Where arrows meet a part: above its first words, which in a right-to-left text stand on its right.
    function top(part) {
      const words = document.createRange();
      words.selectNodeContents(part); // without the label before them
      const rectangles = [...words.getClientRects()].filter((one) => one.width > 0);
      const line = rectangles.filter((one) => one.top < rectangles[0].bottom);
      const frame = body.getBoundingClientRect();
      if (!line.length) return [0, 0];
      const left = Math.min(...line.map((one) => one.left));
      const right = Math.max(...line.map((one) => one.right));
      const inset = Math.min((right - left) / 2, 24);
      const rightToLeft = getComputedStyle(part).direction === "rtl";
      return [(rightToLeft ? right - inset : left + inset) - frame.left, rectangles[0].top - frame.top];
    }

    function hold(note) {
      if (held) {
        held.classList.remove("held");
        held.querySelector(".num").removeAttribute("aria-current");
      }
      held = held === note ? null : note;
      if (held) {
        held.classList.add("held");
        held.querySelector(".num").setAttribute("aria-current", "true");
      }
      show(held);
    }

    const around = (part) => notes.get(part.dataset.in.split(" ").pop().slice(1));

    for (const note of notes.values()) {
      note.addEventListener("mouseenter", () => show(note));
      note.addEventListener("mouseleave", () => show(held));
      note.addEventListener("focusin", () => show(note));
      note.addEventListener("focusout", () => show(held));
      note.querySelector(".num").addEventListener("click", (click) => {
        click.preventDefault(); // the link is for pages without scripts: it jumps even to what is in sight
        hold(note);
        const first = held && "csq".split("").flatMap((kind) => parts(kind + note.dataset.number))[0];
        if (first) first.scrollIntoView({ block: "nearest" });
      });
    }
    for (const part of body.querySelectorAll("[data-in]")) {
      part.addEventListener("mouseenter", () => show(around(part)));
      part.addEventListener("mouseleave", () => show(held));
      part.addEventListener("click", () => hold(around(part)));
    }
    document.addEventListener("keydown", (key) => {
      if (key.key === "Escape") hold(held);
    });
    addEventListener("resize", () => show(shown));
  }
})();
