// The texts of the page whose contrast with what lies behind them is below the ratio that reading needs, 4.5.
(() => {
  const canvas = (color) => {
    const [red = 0, green = 0, blue = 0, alpha = 1] = color.match(/[\d.]+/g)?.map(Number) ?? [];
    return { rgb: [red, green, blue], alpha };
  };
  const luminance = (rgb) => {
    const [red, green, blue] = rgb.map((value) => {
      const share = value / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const { rgb, alpha } = canvas(getComputedStyle(at).backgroundColor);
      if (alpha === 1) return rgb;
    }
    return [255, 255, 255];
  };
  const contrast = (element) => {
    const style = getComputedStyle(element);
    const { rgb } = canvas(element.closest('svg') ? style.fill : style.color);
    const [lower, higher] = [luminance(rgb), luminance(behind(element))].sort((a, b) => a - b);
    return (higher + 0.05) / (lower + 0.05);
  };
  const elements = [...document.querySelectorAll('body *:not(script)')].filter(
    (element) =>
      element.checkVisibility() &&
      [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== ''),
  );
  const poor = elements
    .map((element) => ({ element, ratio: contrast(element) }))
    .filter(({ ratio }) => ratio < 4.5)
    .map(({ element, ratio }) => `${element.tagName}.${element.getAttribute('class')} ${ratio.toFixed(2)}`);
  return { texts: elements.length, poor: [...new Set(poor)].slice(0, 10) };
})();
