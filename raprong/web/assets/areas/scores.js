// A slider beside a field of figures: each moves the other. Without scripts the field alone is there.
const figure = (text) => Number(text.replace(/[๐-๙]/g, (digit) => digit.charCodeAt(0) - 0x0e50).replaceAll(",", ""));

document.querySelectorAll("[data-slider]").forEach((slider) => {
  const field = document.getElementById(slider.dataset.slider);
  slider.hidden = false;
  slider.addEventListener("input", () => (field.value = slider.value));
  field.addEventListener("input", () => {
    if (field.value.trim() && Number.isFinite(figure(field.value))) slider.value = figure(field.value);
  });
});
