// Texts whose contrast against what is behind them is below 4.5 (WCAG 2.2, 1.4.3), as a list of strings.
(() => {
  const numbers = color => color.match(/[\d.]+/g).map(Number);
  const luminance = ([red, green, blue]) => [red, green, blue]
    .map(value => value / 255)
    .map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
    .reduce((sum, value, i) => sum + value * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = element => {
    for (let at = element; at; at = at.parentElement) {
      const color = numbers(getComputedStyle(at).backgroundColor);
      if (color.length === 3) {
        return color;
      }
      if (color[3] !== 0) {
        throw new Error('a background that shines through: ' + at.outerHTML);
      }
    }
    throw new Error('no background');
  };
  const shown = new Set(document.querySelectorAll('textarea'));
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    if (texts.currentNode.data.trim()) {
      shown.add(texts.currentNode.parentElement);
    }
  }
  const visible = [...shown].filter(element => element.checkVisibility());
  const found = visible.flatMap(element => {
    const [one, other] = [numbers(getComputedStyle(element).color), behind(element)].map(luminance);
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    return ratio < 4.5 ? [`${ratio.toFixed(2)}: ${element.outerHTML.slice(0, 200)}`] : [];
  });
  return visible.length < 20 ? ['only ' + visible.length + ' texts are visible'] : found;
})()
