// Marks the chapter that is read, folds the chapters away where they stand above the text, and finds sections by words: all chapters are
// fetched when somebody begins to type. The search in the header finds films.
"use strict";
const plain = (path) => path.replace(/index\.html$/, "");
const links = [...document.querySelectorAll(".chapters a")];
for (const link of links) {
  if (plain(new URL(link.href).pathname) === plain(location.pathname)) link.setAttribute("aria-current", "page");
}
if (matchMedia("(max-width: 59.99rem)").matches) document.querySelector(".handbook .chapters details")?.removeAttribute("open");

// What scrolls by itself can be reached with the keyboard.
for (const wide of document.querySelectorAll(".prose pre, .prose table")) {
  if (wide.scrollWidth > wide.clientWidth) wide.tabIndex = 0;
}

let sections;

async function readChapters() {
  const chapters = await Promise.all(links.map(async (link) => {
    const page = new DOMParser().parseFromString(await (await fetch(link.href)).text(), "text/html");
    const found = [{ title: link.textContent, href: link.href, text: link.textContent + " " }];
    for (const part of page.querySelector("article.prose")?.children ?? []) {
      if (/^H[23]$/.test(part.tagName) && part.id) {
        found.push({ title: `${link.textContent}: ${part.textContent}`, href: `${link.href}#${part.id}`, text: "" });
      }
      found[found.length - 1].text += part.textContent + " ";
    }
    return found;
  }));
  return chapters.flat().map((section) => ({ ...section, title: section.title.trim(), text: section.text.toLowerCase() }));
}

async function find(words) {
  sections ??= readChapters();
  const all = await sections;
  const found = all.filter((section) => words.every((word) => section.text.includes(word)));
  const weight = (section) => words.filter((word) => section.title.toLowerCase().includes(word)).length;
  return found.sort((a, b) => weight(b) - weight(a)).slice(0, 12);
}

const field = document.getElementById("FindChapter");
// From a folder browsers read no other pages.
if (field && location.protocol !== "file:") {
  field.parentElement.hidden = false;
  field.addEventListener("input", async () => {
    const typed = field.value;
    const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
    const found = words.length ? await find(words) : [];
    if (field.value !== typed) return;
    document.getElementById("FoundChapters").replaceChildren(...found.map((section) => {
      const item = document.createElement("li");
      const link = item.appendChild(document.createElement("a"));
      link.href = section.href;
      link.textContent = section.title;
      return item;
    }));
  });
}
