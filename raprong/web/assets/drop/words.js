// Sentences with their figures, in the reader's digits.
const inThai = document.documentElement.lang.startsWith("th");
const figures = new Intl.NumberFormat(inThai ? "th-TH-u-nu-thai" : "en-GB", { maximumFractionDigits: 1 });

export const figure = (number) => figures.format(number);

export const filled = (sentence, ...values) => values.reduce((text, value) => text.replace("{}", () => value), sentence);

// As the filter file_size says it on the server.
export function sizeInWords(bytes, words) {
  const step = bytes >= 1024 ** 2 ? 2 : bytes >= 1024 ? 1 : 0;
  return `${figure(bytes / 1024 ** step)} ${words.units[step]}`;
}
