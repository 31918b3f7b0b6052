/* Sorts and filters the tables, searches the list of articles, and shows what a bold word leads to when it is pointed at.
   Without it all stands there as it is. */
(() => {
  const number = (cell) => {
    const found = cell.textContent.trim().replaceAll(",", "").replace("−", "-").match(/^-?\d+(\.\d+)?/);
    return found ? Number(found[0]) : NaN;
  };
  const compare = (a, b) => {
    const [x, y] = [number(a), number(b)];
    if (!isNaN(x) && !isNaN(y)) return x - y;
    if (isNaN(x) !== isNaN(y)) return isNaN(x) ? 1 : -1;
    return a.textContent.localeCompare(b.textContent);
  };
  const search = (label, before, items) => {
    const box = document.createElement("input");
    box.type = "search";
    box.className = "search";
    box.placeholder = label;
    box.ariaLabel = label;
    const said = document.createElement("span");
    said.role = "status";
    box.addEventListener("input", () => {
      const words = box.value.toLowerCase().split(/\s+/);
      let left = 0;
      for (const one of items) {
        const text = one.textContent.toLowerCase();
        one.hidden = !words.every((word) => text.includes(word));
        left += one.hidden ? 0 : 1;
      }
      said.textContent = box.value ? ` ${left} of ${items.length}` : "";
    });
    before.before(box, said);
  };
  for (const table of document.querySelectorAll("main > section table")) {
    const body = table.tBodies[0];
    if (body.rows.length < 2) continue;
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, k) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      button.addEventListener("click", () => {
        const up = head.ariaSort !== "ascending";
        for (const each of heads) each.removeAttribute("aria-sort");
        head.ariaSort = up ? "ascending" : "descending";
        const rows = [...body.rows].sort((a, b) => compare(a.cells[k], b.cells[k]));
        body.append(...(up ? rows : rows.reverse()));
      });
      head.append(button);
    });
    if (body.rows.length > 7) search("Filter the rows", table.parentElement, [...body.rows]);
  }
  const told = (mark) => {
    const source = mark.dataset.source ? `${mark.id.split("-")[0]}-${mark.dataset.source.toLowerCase()}` : null;
    const row = document.getElementById(mark.getAttribute("aria-describedby") ?? source);
    if (!row || mark.dataset.told) return;
    mark.dataset.told = "yes";
    const why = row.querySelector("small").textContent;
    mark.dataset.why = mark.dataset.why ? `${mark.dataset.why}\n${why}` : why;
  };
  for (const kind of ["pointerover", "focusin"]) document.addEventListener(kind, (event) => told(event.target));
  const list = document.getElementById("list");
  if (list && list.children.length > 1) search("Search the articles", list, [...list.children]);
})();
