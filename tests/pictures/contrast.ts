/**
 * The contrast of two colours, after WCAG 2.2: 4.5 is enough for text, 3 for what a picture needs to
 * be understood.
 *
 * @param one a colour such as `#0072b2`
 * @param other another
 * @returns from 1 to 21
 */
export function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].toSorted((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red, green, blue] = colour.toLowerCase().match(/[0-9a-f]{2}/g)!.map((hex) => {
    const c = parseInt(hex, 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
