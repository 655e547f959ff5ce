/** Pixels for one of the drawing's, so that the picture is sharp when it is enlarged. */
const DENSITY = 2;

/** The longest side of a picture that every browser makes. */
const MOST = 16_000;

/** Paints an SVG file and answers with the bytes of a PNG in base64. */
export const paint = async (file: string, width: number, height: number): Promise<string> => {
  const picture = new Image();
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(file)}`;
  await picture.decode();
  const density = Math.min(DENSITY, MOST / Math.max(width, height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(width * density);
  canvas.height = Math.ceil(height * density);
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/png').split(',')[1] ?? '';
};
