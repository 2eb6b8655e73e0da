// Converts offsets. The server counts code points; a JavaScript string counts UTF-16 units, of which characters
// beyond U+FFFF (emoji, for one) take two. Everything is converted once, when it arrives.

export class Offsets {
  #wide = []; // the offsets of characters of two units, in code points

  constructor(text) {
    for (const { index } of text.matchAll(/[\u{10000}-\u{10ffff}]/gu)) {
      this.#wide.push(index - this.#wide.length);
    }
    this.nPoints = text.length - this.#wide.length;
  }

  toUnits(point) {
    let low = 0, high = this.#wide.length; // how many of them stand before
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#wide[middle] < point) low = middle + 1;
      else high = middle;
    }
    return point + low;
  }
}
